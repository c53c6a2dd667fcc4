/**
 * Plays plain-text timelines of a cluster through the domain: what was seen when, and under a bar
 * what must come of it.
 */
@NullMarked
package dev.kestrel.domain.scenario;

import org.jspecify.annotations.NullMarked;
