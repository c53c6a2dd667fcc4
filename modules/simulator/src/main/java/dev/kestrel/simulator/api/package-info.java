/** The HTTPS face of the cluster: Kubernetes' own protocol, as its clients speak it. */
@NullMarked
package dev.kestrel.simulator.api;

import org.jspecify.annotations.NullMarked;
