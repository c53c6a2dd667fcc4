/** Each command is done once. */
@NullMarked
package dev.kestrel.operator.executor;

import org.jspecify.annotations.NullMarked;
