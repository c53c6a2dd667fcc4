/** Kubernetes Events, told as they are reported. */
@NullMarked
package dev.kestrel.operator.source.event;

import org.jspecify.annotations.NullMarked;
