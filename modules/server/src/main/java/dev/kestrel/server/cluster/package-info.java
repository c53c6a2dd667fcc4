/**
 * Several nodes as one cloud: the event bus between them, whom it lets in, and the keys that they
 * have in common.
 */
@NullMarked
package dev.kestrel.server.cluster;

import org.jspecify.annotations.NullMarked;
