/** Objects as they are now: one watch per kind, told as level, with snapshots when it matters. */
@NullMarked
package dev.kestrel.operator.source.inventory;

import org.jspecify.annotations.NullMarked;
