/**
 * Every scenario of the simulator, played on the virtual clock with the loop closed: the operator's
 * own code answers what reasoning asks, a person approves, and the whole story is held as text.
 */
@NullMarked
package dev.kestrel.quality.scenario;

import org.jspecify.annotations.NullMarked;
