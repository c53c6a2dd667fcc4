package dev.kestrel.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;

/** What a node without the API answers: whether it is alive and ready, and its metrics. */
final class HealthPort {
    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final List<String> metricsFrom;

    /**
     * @param metricsFrom addresses besides loopback that may read the metrics
     */
    HealthPort(Readiness readiness, Supplier<String> metrics, List<String> metricsFrom) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.metricsFrom = metricsFrom;
    }

    Future<HttpServer> listen(Vertx vertx, String host, int port) {
        return vertx.createHttpServer().requestHandler(this::answer).listen(port, host);
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/healthz" -> request.response().end("alive\n");
            case "/readyz" ->
                    readiness
                            .check()
                            .onSuccess(ready -> request.response().end("ready\n"))
                            .onFailure(
                                    obstacle ->
                                            request.response()
                                                    .setStatusCode(503)
                                                    .end(obstacle.getMessage() + "\n"));
            case "/metrics" -> tellMetrics(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void tellMetrics(HttpServerRequest request) {
        if (isAllowed(request.remoteAddress().hostAddress())) {
            request.response()
                    .putHeader("Content-Type", "text/plain;version=0.0.4;charset=UTF-8")
                    .end(metrics.get());
        } else {
            request.response().setStatusCode(403).end();
        }
    }

    private boolean isAllowed(String address) {
        try {
            return metricsFrom.contains(address)
                    || InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
