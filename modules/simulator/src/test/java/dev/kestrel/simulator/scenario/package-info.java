/** Proves that each scenario goes wrong, or well, as it says. */
@NullMarked
package dev.kestrel.simulator.scenario;

import org.jspecify.annotations.NullMarked;
