package dev.kestrel.gateway.session;

import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.limit.GatewayMetrics.Ended;
import dev.kestrel.protocol.Malformed;

import io.vertx.grpc.common.GrpcStatus;

/** Why a stream ended, from how its call ended and what the stream itself knows. */
final class EndReasons {
    private EndReasons() {}

    /** What the peer is told; it may be in order, and only larger than we take. */
    static GrpcStatus status(Malformed refused) {
        return refused.reason() == Malformed.Reason.TOO_LARGE
                ? GrpcStatus.RESOURCE_EXHAUSTED
                : GrpcStatus.INVALID_ARGUMENT;
    }

    /**
     * @param known what the stream ended itself for; {@link Ended#BROKEN} when it did not
     */
    static Ended of(Call.Ending ending, Ended known) {
        return switch (ending) {
            case Call.Ending.Broken() -> known;
            case Call.Ending.Finished(var status) ->
                    known != Ended.BROKEN
                            ? known
                            : status == GrpcStatus.UNAUTHENTICATED
                                    ? Ended.UNAUTHENTICATED
                                    : Ended.MALFORMED;
        };
    }
}
