/** Changes that are refused, and those that are made. */
@NullMarked
package dev.kestrel.operator.action;

import org.jspecify.annotations.NullMarked;
