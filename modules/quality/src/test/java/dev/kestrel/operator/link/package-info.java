/**
 * Opens the operator's end of a stream to the simulation; beside its package, because nobody else
 * needs it.
 */
@NullMarked
package dev.kestrel.operator.link;

import org.jspecify.annotations.NullMarked;
