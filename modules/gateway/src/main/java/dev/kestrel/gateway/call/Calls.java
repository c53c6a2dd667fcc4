package dev.kestrel.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The gRPC methods that a port serves. Everything else is answered and forgotten before a byte of
 * its body is kept. A stream that does not say how it is encoded is taken as not compressed.
 */
public final class Calls implements Handler<HttpServerRequest> {
    static final String ENCODING_HEADER = "grpc-encoding";
    static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final Set<String> CONTENT_TYPES =
            Set.of("application/grpc", "application/grpc+proto");
    private static final Set<String> ENCODINGS = Set.of("identity", "gzip");

    private final Vertx vertx;
    private final int maxMessageBytes;
    private final Map<String, Consumer<Call>> methods = new LinkedHashMap<>();

    public Calls(Vertx vertx, int maxMessageBytes) {
        this.vertx = vertx;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Serves a method whose streams may last.
     *
     * @param method for example {@code kestrel.operator.v1.Telemetry/Stream}
     */
    public Calls stream(String method, Consumer<Call> server) {
        methods.put("/" + method, server);
        return this;
    }

    /** Serves a method with one question and one answer; later messages are ignored. */
    public Calls unary(String method, Function<Question, Future<Reply>> server) {
        return stream(
                method,
                call -> {
                    call.onHalfClose(() -> call.finish(GrpcStatus.INVALID_ARGUMENT, "no message"));
                    call.onMessage(
                            bytes -> {
                                call.pause();
                                server.apply(new Question(call, bytes))
                                        .onSuccess(reply -> answer(call, reply))
                                        .onFailure(failure -> internal(call, failure));
                            });
                });
    }

    /** The one message of a unary call. */
    public record Question(Call call, byte[] bytes) {}

    @Override
    public void handle(HttpServerRequest request) {
        var contentType = request.getHeader("content-type");
        if (request.version() != HttpVersion.HTTP_2
                || !HttpMethod.POST.equals(request.method())
                || contentType == null
                || !CONTENT_TYPES.contains(contentType)) {
            request.response().setStatusCode(415).end();
            return;
        }
        request.response().putHeader("content-type", "application/grpc");
        var server = methods.get(request.path());
        var encoding = request.getHeader(ENCODING_HEADER);
        if (server == null) {
            refuse(request.response(), "no such method: " + request.path());
        } else if (encoding != null && !ENCODINGS.contains(encoding)) {
            request.response().putHeader("grpc-accept-encoding", "identity,gzip");
            refuse(request.response(), "messages may be encoded with identity or gzip");
        } else {
            server.accept(new Call(vertx, request, maxMessageBytes));
        }
    }

    private static void refuse(HttpServerResponse response, String why) {
        response.putHeader("grpc-status", Integer.toString(GrpcStatus.UNIMPLEMENTED.code))
                .putHeader("grpc-message", StatusText.encode(why))
                .end();
    }

    private static void answer(Call call, Reply reply) {
        switch (reply) {
            case Reply.Given(var message) -> {
                call.send(message);
                call.finish(GrpcStatus.OK, "");
            }
            case Reply.Refused(var status, var why) -> call.finish(status, why);
        }
    }

    private static void internal(Call call, Throwable failure) {
        LOG.atError().setCause(failure).log("call failed");
        call.finish(GrpcStatus.UNAVAILABLE, "the cloud cannot answer now; try again");
    }
}
