package dev.kestrel.gateway.session;

import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.limit.GatewayMetrics.Ended;

import io.vertx.grpc.common.GrpcStatus;

/** Why a stream ended, from how its call ended and what the stream itself knows. */
final class EndReasons {
    private EndReasons() {}

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
