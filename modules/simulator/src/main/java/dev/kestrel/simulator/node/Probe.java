package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.network.Reply;

import java.time.Duration;
import java.time.Instant;

/** One probe of one run of a container: when it is due, and what its results add up to. */
final class Probe {
    private final JsonNode spec;
    private final JsonNode ports;
    private final Kind kind;
    private Instant next;
    private int failures;
    private int successes;
    private Verdict verdict;

    /** What a probe is for. */
    enum Kind {
        READINESS("Readiness"),
        LIVENESS("Liveness"),
        STARTUP("Startup");

        final String shown;

        Kind(String shown) {
            this.shown = shown;
        }
    }

    /** What the results so far add up to. */
    enum Verdict {
        UNKNOWN,
        GOOD,
        BAD
    }

    Probe(Kind kind, JsonNode spec, JsonNode ports, Instant started) {
        this.kind = kind;
        this.spec = spec;
        this.ports = ports;
        this.verdict = kind == Kind.LIVENESS ? Verdict.GOOD : Verdict.UNKNOWN;
        int delay = spec.path("initialDelaySeconds").asInt();
        // The kubelet probes readiness once as soon as the container runs.
        this.next = started.plusSeconds(delay).plusMillis(kind == Kind.READINESS ? 500 : 1000);
    }

    Kind kind() {
        return kind;
    }

    Verdict verdict() {
        return verdict;
    }

    boolean isDue(Instant now) {
        return !next.isAfter(now);
    }

    /** Probes once; returns the failure in the kubelet's words, empty when it went well. */
    String run(Program program, String address, Instant now) {
        next = now.plusSeconds(spec.path("periodSeconds").asInt(10));
        var failure = attempt(program, address, now);
        if (failure.isEmpty()) {
            failures = 0;
            if (++successes >= spec.path("successThreshold").asInt(1)) {
                verdict = Verdict.GOOD;
            }
        } else {
            successes = 0;
            if (++failures >= spec.path("failureThreshold").asInt(3)) {
                verdict = Verdict.BAD;
            }
        }
        return failure.isEmpty() ? "" : "%s probe failed: %s".formatted(kind.shown, failure);
    }

    private String attempt(Program program, String address, Instant now) {
        var http = spec.path("httpGet");
        int port =
                http.isMissingNode()
                        ? number(spec.at("/tcpSocket/port"))
                        : number(http.path("port"));
        if (http.isMissingNode() && spec.path("tcpSocket").isMissingNode()) {
            return "";
        }
        var target = address + ":" + port;
        var refused = "dial tcp %s: connect: connection refused".formatted(target);
        if (http.isMissingNode()) {
            return program.listens(port) ? "" : refused;
        }
        var path = http.path("path").asText("/");
        var url = "Get \"http://%s%s\": ".formatted(target, path);
        return program.listens(port) ? answer(program.get(path, now), url) : url + refused;
    }

    /** A port may be named as the container names it. */
    private int number(JsonNode port) {
        if (port.isTextual()) {
            for (var declared : ports) {
                if (declared.path("name").equals(port)) {
                    return declared.path("containerPort").asInt();
                }
            }
        }
        return port.asInt();
    }

    private String answer(Reply reply, String url) {
        var within = Duration.ofSeconds(spec.path("timeoutSeconds").asInt(1));
        if (reply.took().compareTo(within) >= 0) {
            return url
                    + "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
        }
        return switch (reply) {
            case Reply.Failed(var error, _) -> error;
            case Reply.Answered(var code, _, _) ->
                    code < 400 ? "" : "HTTP probe failed with statuscode: " + code;
        };
    }
}
