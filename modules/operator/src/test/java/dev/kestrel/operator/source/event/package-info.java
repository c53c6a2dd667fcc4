/** Events as old and new libraries write them. */
@NullMarked
package dev.kestrel.operator.source.event;

import org.jspecify.annotations.NullMarked;
