/** How flows are added up. */
@NullMarked
package dev.kestrel.operator.source.flow;

import org.jspecify.annotations.NullMarked;
