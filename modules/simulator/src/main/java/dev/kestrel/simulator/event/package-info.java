/**
 * Records events the way client-go does: counted, aggregated, and throttled per source and object.
 */
@NullMarked
package dev.kestrel.simulator.event;

import org.jspecify.annotations.NullMarked;
