/**
 * gRPC calls over HTTP/2 as the gateway takes them from strangers: <em>frames</em> are bounded
 * before they are kept, and a <em>call</em> ends in exactly one way.
 */
@NullMarked
package dev.kestrel.gateway.call;

import org.jspecify.annotations.NullMarked;
