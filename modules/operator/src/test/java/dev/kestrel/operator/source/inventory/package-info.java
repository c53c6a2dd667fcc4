/** Objects are told when they say something new. */
@NullMarked
package dev.kestrel.operator.source.inventory;

import org.jspecify.annotations.NullMarked;
