/**
 * Proofs on a real Kubernetes: what happens there is the judge of what our simulated cluster says.
 *
 * <p>Run with {@code -Dgroups=real-cluster}. The signals that a fault gives off are kept in {@code
 * src/test/resources/real-cluster/signals}; {@code -Dgolden.update=true} adds what a run saw.
 */
@NullMarked
package dev.kestrel.quality.realcluster;

import org.jspecify.annotations.NullMarked;
