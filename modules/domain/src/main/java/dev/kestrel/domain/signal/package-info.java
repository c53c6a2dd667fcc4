/**
 * What was seen: a <em>signal</em> is one fact observed in a cluster, an <em>observation</em> its
 * body. Facts only; judging them is the work of detectors.
 */
@NullMarked
package dev.kestrel.domain.signal;

import org.jspecify.annotations.NullMarked;
