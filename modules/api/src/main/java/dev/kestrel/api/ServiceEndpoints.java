package dev.kestrel.api;

import dev.kestrel.api.access.SigningKey;
import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Code;
import dev.kestrel.api.http.Problem;
import dev.kestrel.api.http.Reply;

import io.vertx.core.Future;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What programs that run Kestrel ask: whether it is well, its metrics, keys and description. */
final class ServiceEndpoints {
    private static final String PLAIN = "text/plain;charset=UTF-8";

    private final Supplier<Future<Void>> ready;
    private final Supplier<String> metrics;
    private final List<String> metricsFrom;
    private final SigningKey key;
    private final String description;

    ServiceEndpoints(
            Supplier<Future<Void>> ready,
            Supplier<String> metrics,
            List<String> metricsFrom,
            SigningKey key) {
        this.ready = ready;
        this.metrics = metrics;
        this.metricsFrom = metricsFrom;
        this.key = key;
        this.description = read("/openapi/kestrel.yaml");
    }

    private static String read(String resource) {
        try (var in = ServiceEndpoints.class.getResourceAsStream(resource)) {
            return new String(
                    Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Future<Reply> alive(Call call) {
        return Future.succeededFuture(new Reply.Text(PLAIN, "alive\n"));
    }

    Future<Reply> ready(Call call) {
        return ready.get()
                .<Reply>map(new Reply.Text(PLAIN, "ready\n"))
                .recover(
                        obstacle ->
                                Future.failedFuture(
                                        Problem.of(
                                                        Code.UNAVAILABLE,
                                                        String.valueOf(obstacle.getMessage()))
                                                .raised()));
    }

    Future<Reply> metrics(Call call) {
        return isAllowed(call.address())
                ? Future.succeededFuture(
                        new Reply.Text("text/plain;version=0.0.4;charset=UTF-8", metrics.get()))
                : Future.failedFuture(
                        Problem.of(
                                        Code.NOT_PERMITTED,
                                        "Metrics are not for this address; see metrics-from.")
                                .raised());
    }

    private boolean isAllowed(String address) {
        try {
            return metricsFrom.contains(address)
                    || InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    Future<Reply> keys(Call call) {
        return Future.succeededFuture(new Reply.Json(200, key.jwks()));
    }

    Future<Reply> describe(Call call) {
        return Future.succeededFuture(new Reply.Text("application/yaml", description));
    }
}
