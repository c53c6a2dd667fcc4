/** What is read of Hubble Relay, and how it is followed. */
@NullMarked
package dev.kestrel.operator.source.flow.hubble;

import org.jspecify.annotations.NullMarked;
