/** Secrets in text and objects, and what must stay. */
@NullMarked
package dev.kestrel.operator.redaction;

import org.jspecify.annotations.NullMarked;
