/**
 * Scenarios: a base cluster, what goes wrong in it and when, and what must hold once it is mended.
 */
@NullMarked
package dev.kestrel.simulator.scenario;

import org.jspecify.annotations.NullMarked;
