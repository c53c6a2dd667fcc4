/** Proves that events are told as client-go tells them. */
@NullMarked
package dev.kestrel.simulator.event;

import org.jspecify.annotations.NullMarked;
