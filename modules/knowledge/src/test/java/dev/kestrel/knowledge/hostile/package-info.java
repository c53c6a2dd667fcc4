/** Packs that nobody should write, and conditions that would take for ever. */
@NullMarked
package dev.kestrel.knowledge.hostile;

import org.jspecify.annotations.NullMarked;
