package dev.kestrel.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The client's end of a stream: what was received, and how it ended. */
final class TestStream<Q, R> {
    final List<R> received = new CopyOnWriteArrayList<>();
    private final Promise<Ending> ending = Promise.promise();
    private final GrpcClientRequest<Q, R> request;

    /** A stream's end; the status is empty when the connection just broke. */
    record Ending(Optional<GrpcStatus> status, String message) {}

    private TestStream(GrpcClientRequest<Q, R> request) {
        this.request = request;
    }

    static <Q, R> TestStream<Q, R> open(Future<GrpcClientRequest<Q, R>> opening) {
        var request = Served.await(opening);
        var stream = new TestStream<>(request);
        request.encoding("identity");
        request.exceptionHandler(failure -> stream.broke(failure.toString()));
        request.response()
                .onSuccess(stream::listen)
                .onFailure(failure -> stream.broke(failure.toString()));
        return stream;
    }

    private void listen(GrpcClientResponse<Q, R> response) {
        response.handler(received::add);
        response.exceptionHandler(failure -> broke(failure.toString()));
        response.errorHandler(error -> broke(error.toString()));
        response.endHandler(
                end ->
                        ending.tryComplete(
                                new Ending(
                                        Optional.ofNullable(response.status()),
                                        message(response))));
    }

    /** The client of Vert.x looks for the message among the headers only. */
    private static String message(GrpcClientResponse<?, ?> response) {
        var message = response.trailers().get("grpc-message");
        return message != null ? message : String.valueOf(response.statusMessage());
    }

    private void broke(String why) {
        ending.tryComplete(new Ending(Optional.empty(), why));
    }

    GrpcClientRequest<Q, R> request() {
        return request;
    }

    TestStream<Q, R> send(Q message) {
        request.write(message);
        return this;
    }

    /** Waits for the next message of a kind. */
    <T> T next(Function<R, Optional<T>> kind) {
        Served.until(
                "a message came; ended: " + ending.future().result(),
                () -> received.stream().anyMatch(message -> kind.apply(message).isPresent()));
        for (var message : received) {
            var found = kind.apply(message);
            if (found.isPresent()) {
                received.remove(message);
                return found.get();
            }
        }
        throw new IllegalStateException("somebody else took it");
    }

    Ending ended() {
        return Served.await(ending.future());
    }

    boolean isEnded() {
        return ending.future().isComplete();
    }
}
