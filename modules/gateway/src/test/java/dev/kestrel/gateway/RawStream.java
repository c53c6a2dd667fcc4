package dev.kestrel.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

import java.util.Map;

/** A client that keeps to HTTP/2 and to nothing else. */
final class RawStream implements AutoCloseable {
    private final HttpClient client;
    private final HttpClientRequest request;
    private final Promise<String> status = Promise.promise();

    private RawStream(HttpClient client, HttpClientRequest request) {
        this.client = client;
        this.request = request;
        request.exceptionHandler(failure -> status.tryComplete("broken: " + failure));
        request.response().onSuccess(this::listen);
    }

    static RawStream open(
            Vertx vertx, int port, TestOperator as, String trust, Map<String, String> headers) {
        var client = vertx.createHttpClient(TestOperator.options(as.key, as.certificate, trust));
        var request =
                Served.await(
                        client.request(
                                HttpMethod.POST,
                                port,
                                "localhost",
                                "/kestrel.operator.v1.Telemetry/Stream"));
        request.putHeader("content-type", "application/grpc");
        headers.forEach(request::putHeader);
        var stream = new RawStream(client, request);
        request.setChunked(true).sendHead();
        return stream;
    }

    RawStream write(Buffer bytes) {
        request.write(bytes);
        return this;
    }

    /** A message head as gRPC has it. */
    static Buffer head(int flag, long length) {
        return Buffer.buffer().appendByte((byte) flag).appendUnsignedInt(length);
    }

    boolean isFull() {
        return request.writeQueueFull();
    }

    /** The gRPC status, or the HTTP status where there is none, or how it broke. */
    String status() {
        return Served.await(status.future());
    }

    private void listen(HttpClientResponse response) {
        if (response.getHeader("grpc-status") != null) {
            status.tryComplete(text(response.headers()));
        } else if (response.statusCode() != 200) {
            status.tryComplete("http " + response.statusCode());
        }
        response.exceptionHandler(failure -> status.tryComplete("broken: " + failure));
        response.endHandler(end -> status.tryComplete(text(response.trailers())));
    }

    private static String text(MultiMap trailers) {
        return trailers.get("grpc-status") + " " + trailers.get("grpc-message");
    }

    @Override
    public void close() {
        Served.await(client.close());
    }
}
