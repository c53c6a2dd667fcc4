/**
 * How probable it is to see what is seen if certain causes are at work: exact arithmetic on a small
 * causal graph, without knowledge of Kubernetes.
 */
@NullMarked
package dev.kestrel.domain.rca.scoring;

import org.jspecify.annotations.NullMarked;
