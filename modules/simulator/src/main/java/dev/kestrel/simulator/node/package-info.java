/**
 * The kubelets: pull images, run containers, probe them, restart them, and report what they see.
 */
@NullMarked
package dev.kestrel.simulator.node;

import org.jspecify.annotations.NullMarked;
