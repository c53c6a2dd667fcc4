/**
 * The process inside the customer cluster: what it is told by its environment, and how its parts
 * are put together.
 */
@NullMarked
package dev.kestrel.operator;

import org.jspecify.annotations.NullMarked;
