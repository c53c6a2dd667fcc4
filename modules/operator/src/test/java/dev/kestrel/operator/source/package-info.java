/** Statuses are told when they change. */
@NullMarked
package dev.kestrel.operator.source;

import org.jspecify.annotations.NullMarked;
