/** The operator as a whole. */
@NullMarked
package dev.kestrel.operator;

import org.jspecify.annotations.NullMarked;
