/** Decides which node a pod runs on, and says in the scheduler's words why none will do. */
@NullMarked
package dev.kestrel.simulator.schedule;

import org.jspecify.annotations.NullMarked;
