/** A Kubernetes cluster in memory, behaving like a real one, and the HTTPS API in front of it. */
@NullMarked
package dev.kestrel.simulator;

import org.jspecify.annotations.NullMarked;
