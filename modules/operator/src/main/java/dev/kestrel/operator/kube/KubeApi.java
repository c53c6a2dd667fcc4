package dev.kestrel.operator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Single requests to the Kubernetes API, with every answer bounded and every status an answer. */
public final class KubeApi {
    /** More than any object, and than any list that a question may ask for. */
    private static final int ANSWER_BYTES = 8 << 20;

    private final KubernetesClient client;

    public KubeApi(KubernetesClient client) {
        this.client = client;
    }

    /** Reads a path. Fails only when the API server cannot be reached in time. */
    public CompletableFuture<Reply> get(
            String path, SortedMap<String, String> query, Duration timeout) {
        return send(
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(uri(path, query))
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
    }

    /** Server-side apply of a manifest. */
    public CompletableFuture<Reply> apply(
            String path, SortedMap<String, String> query, String json, Duration timeout) {
        return send(
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(uri(path, query))
                        .method("PATCH", "application/apply-patch+yaml", json)
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
    }

    /** Asks for a review of what this operator may do; the only thing that is ever created. */
    CompletableFuture<Reply> review(String json, Duration timeout) {
        return send(
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(
                                uri(
                                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                                        new java.util.TreeMap<>()))
                        .post("application/json", json)
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
    }

    /**
     * Reads a path that keeps on answering, piece by piece, until its end or until the handle is
     * closed. Completes with the status when the first bytes may come.
     */
    public CompletableFuture<Following> follow(
            String path, SortedMap<String, String> query, Consumer<byte[]> piece) {
        var request =
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(uri(path, query))
                        .forStreaming()
                        .build();
        return client.getHttpClient()
                .consumeBytes(
                        request,
                        (buffers, body) -> {
                            buffers.forEach(buffer -> piece.accept(bytes(buffer)));
                            body.consume();
                        })
                .thenApply(
                        response -> {
                            var body = response.body();
                            body.consume();
                            return new Following(response.code(), body);
                        });
    }

    private CompletableFuture<Reply> send(HttpRequest request) {
        var content = new ByteArrayOutputStream();
        return client.getHttpClient()
                .consumeBytes(
                        request,
                        (buffers, body) -> {
                            buffers.forEach(buffer -> content.writeBytes(bytes(buffer)));
                            if (content.size() > ANSWER_BYTES) {
                                body.cancel();
                            } else {
                                body.consume();
                            }
                        })
                .thenCompose(response -> whole(response, content));
    }

    private static CompletableFuture<Reply> whole(
            HttpResponse<AsyncBody> response, ByteArrayOutputStream content) {
        var body = response.body();
        body.consume();
        return body.done()
                .handle(
                        (done, failure) ->
                                new Reply(
                                        response.code(),
                                        content.toByteArray(),
                                        failure == null && content.size() <= ANSWER_BYTES));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private String uri(String path, SortedMap<String, String> query) {
        var master = client.getMasterUrl().toString();
        var root = master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
        var parameters =
                query.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return root + path + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What the API server answered.
     *
     * @param whole false when it was cut at 8 MiB or broke off
     */
    public record Reply(int status, byte[] body, boolean whole) {
        public boolean isSuccess() {
            return status >= 200 && status < 300 && whole;
        }

        /** Its message to people, where it is a Status; empty otherwise. */
        public String message() {
            try {
                return JsonFields.read(body).at("message").text();
            } catch (IllegalArgumentException e) {
                return "";
            }
        }

        /** Members of {@code details.causes}, where it is a Status. */
        public List<dev.kestrel.domain.signal.Fields> causes() {
            try {
                return JsonFields.read(body).at("details", "causes").items();
            } catch (IllegalArgumentException e) {
                return List.of();
            }
        }
    }

    /** An answer that goes on. */
    public static final class Following implements AutoCloseable {
        private final int status;
        private final AsyncBody body;

        public Following(int status, AsyncBody body) {
            this.status = status;
            this.body = body;
        }

        public int status() {
            return status;
        }

        /** Completes at its end, normally or not. */
        public CompletableFuture<Void> ended() {
            return body.done();
        }

        @Override
        public void close() {
            body.cancel();
        }
    }
}
