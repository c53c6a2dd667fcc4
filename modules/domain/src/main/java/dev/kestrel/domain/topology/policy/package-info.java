/**
 * Decides whether NetworkPolicies let a <em>call</em> pass: from one <em>end</em> to another, on a
 * port, in both directions. Follows the meaning that Kubernetes documents, also where it surprises.
 */
@NullMarked
package dev.kestrel.domain.topology.policy;

import org.jspecify.annotations.NullMarked;
