/** Proves that the simulated cluster behaves. */
@NullMarked
package dev.kestrel.simulator;

import org.jspecify.annotations.NullMarked;
