/**
 * House rules as tests: what may depend on what, how sources look, which words are used, and that
 * the documents are true.
 */
@NullMarked
package dev.kestrel.quality;

import org.jspecify.annotations.NullMarked;
