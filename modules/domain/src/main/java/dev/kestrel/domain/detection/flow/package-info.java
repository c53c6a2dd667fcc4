/** Looks at flows between pods: what the network stops. */
@NullMarked
package dev.kestrel.domain.detection.flow;

import org.jspecify.annotations.NullMarked;
