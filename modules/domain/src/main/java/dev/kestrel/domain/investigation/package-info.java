/**
 * Looking for evidence inside the cluster, read-only: a <em>question</em> asked with a
 * <em>tool</em>, and its <em>answer</em>.
 */
@NullMarked
package dev.kestrel.domain.investigation;

import org.jspecify.annotations.NullMarked;
