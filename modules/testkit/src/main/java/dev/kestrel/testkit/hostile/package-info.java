/**
 * Hostile input for everything that reads what others wrote: targets that say what they promise,
 * and the inputs that try them.
 */
@NullMarked
package dev.kestrel.testkit.hostile;

import org.jspecify.annotations.NullMarked;
