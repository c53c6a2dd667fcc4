/** Flows as Cilium's Hubble Relay tells them. */
@NullMarked
package dev.kestrel.operator.source.flow.hubble;

import org.jspecify.annotations.NullMarked;
