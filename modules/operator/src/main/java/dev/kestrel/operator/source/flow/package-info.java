/**
 * Flows between pods, whatever watches them: a <em>feed</em> tells each packet or sum of packets,
 * and what is alike within a few seconds is told to the cloud as one.
 */
@NullMarked
package dev.kestrel.operator.source.flow;

import org.jspecify.annotations.NullMarked;
