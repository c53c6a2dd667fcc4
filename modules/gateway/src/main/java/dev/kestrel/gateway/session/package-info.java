/**
 * What is said on a cluster's streams: telemetry up with sequence and acknowledgement, commands
 * down with their outcomes.
 */
@NullMarked
package dev.kestrel.gateway.session;

import org.jspecify.annotations.NullMarked;
