/**
 * What the gateway allows and what it counts: every limit has a default, a key in the configuration
 * and a counter.
 */
@NullMarked
package dev.kestrel.gateway.limit;

import org.jspecify.annotations.NullMarked;
