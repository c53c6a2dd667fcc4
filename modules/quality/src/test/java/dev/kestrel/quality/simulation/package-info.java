/**
 * The distributed path under faults that a seed decides: operators that come and go, nodes that die
 * between journal and answer, owners that are fenced. One queue of events and a virtual clock, so a
 * seed always tells the same story.
 */
@NullMarked
package dev.kestrel.quality.simulation;

import org.jspecify.annotations.NullMarked;
