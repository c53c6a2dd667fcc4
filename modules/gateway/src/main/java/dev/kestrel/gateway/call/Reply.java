package dev.kestrel.gateway.call;

import com.google.protobuf.MessageLite;

import io.vertx.grpc.common.GrpcStatus;

/** The answer to a call with one question and one answer. */
public sealed interface Reply {
    /** It worked. */
    record Given(MessageLite message) implements Reply {}

    /** It is refused, and why. */
    record Refused(GrpcStatus status, String why) implements Reply {}
}
