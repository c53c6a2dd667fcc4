/** The Kubernetes API as the operator uses it: its kinds, its client, and what it may do there. */
@NullMarked
package dev.kestrel.operator.kube;

import org.jspecify.annotations.NullMarked;
