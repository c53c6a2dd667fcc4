package dev.kestrel.simulator.node;

import dev.kestrel.simulator.network.Reply;
import dev.kestrel.simulator.resource.Quantity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A small HTTP service that behaves, and fails, as services do. Its environment says how: PORT it
 * listens on, CALLS it makes to answer, LOOP it calls by itself, NEEDS it must reach, REQUIRE it
 * must be told, LEAK it takes per second until LEAK_UP_TO, HOLD it takes while warming up,
 * CRASH_AFTER, READY_AFTER, IGNORES_TERM when it must be killed to end.
 */
final class WorkloadProgram implements Program {
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final long RUNTIME_BYTES = 6L << 20;

    private final Surroundings around;
    private boolean begun;
    private boolean listening;
    private Instant nextCall;
    private String finished = "";

    WorkloadProgram(Surroundings around) {
        this.around = around;
        this.nextCall = around.started();
    }

    @Override
    public int live(Instant now) {
        if (!begun) {
            int refused = begin(now);
            if (refused != RUNNING) {
                return refused;
            }
        }
        var crash = around.duration("CRASH_AFTER", Duration.ZERO);
        if (!crash.isZero() && !now.isBefore(around.started().plus(crash))) {
            around.log().print(now, "panic: index out of range in request handler");
            around.log().print(now, "");
            around.log().print(now, "goroutine 18 [running]:");
            return 2;
        }
        if (!around.variable("LOOP").isEmpty()) {
            loop(now);
        }
        return RUNNING;
    }

    private int begin(Instant now) {
        for (var name : list("REQUIRE")) {
            if (around.variable(name).isEmpty()) {
                around.log().log(now, "FATAL missing required configuration " + name);
                return 2;
            }
        }
        var within = around.duration("NEEDS_WITHIN", Duration.ZERO);
        if (!within.isZero()) {
            for (var address : list("NEEDS")) {
                if (dial(address, within) instanceof Reply.Failed(var error, var took)) {
                    if (now.isBefore(around.started().plus(took))) {
                        return RUNNING;
                    }
                    around.log().log(
                            now, "FATAL cannot reach dependency " + address + ": " + error);
                    return 1;
                }
            }
        }
        begun = true;
        if (!around.variable("PORT").isEmpty()) {
            listening = true;
            around.log().log(now, "INFO listening on :" + around.variable("PORT"));
        }
        return RUNNING;
    }

    /** One call after another; the outcome of each is logged when the caller has it. */
    private void loop(Instant now) {
        if (now.isBefore(nextCall)) {
            return;
        }
        if (!finished.isEmpty()) {
            around.log().log(now, finished);
            finished = "";
            nextCall = now.plus(around.duration("LOOP_EVERY", Duration.ofSeconds(1)));
            return;
        }
        var url = around.variable("LOOP");
        var reply = call(url, now);
        var error = errorOf(url, reply);
        finished = error.isEmpty() ? "INFO GET " + url + " 200" : "ERROR " + error;
        nextCall = now.plus(reply.took());
    }

    @Override
    public long bytes(Instant now) {
        var age = Duration.between(around.started(), now);
        double warm = Math.min(1.0, (double) age.toMillis() / WARM_UP.toMillis());
        long held = (long) (Quantity.units(around.variable("HOLD")) * warm);
        long leaked = Quantity.units(around.variable("LEAK")) * (age.toSeconds() + 1);
        long most = Quantity.units(around.variable("LEAK_UP_TO"));
        return RUNTIME_BYTES + held + (most > 0 ? Math.min(leaked, most) : leaked);
    }

    @Override
    public boolean heedsTermination() {
        return around.variable("IGNORES_TERM").isEmpty();
    }

    /** It stops serving when it is asked to, and ends well. */
    @Override
    public int terminated() {
        return 0;
    }

    @Override
    public boolean listens(int port) {
        return listening && around.variable("PORT").equals(Integer.toString(port));
    }

    @Override
    public Reply get(String path, Instant now) {
        return switch (path) {
            case "/healthz" -> answered(200, "ok", Duration.ofMillis(1));
            case "/readyz" -> readiness(now);
            default -> root(path, now);
        };
    }

    private Reply readiness(Instant now) {
        if (now.isBefore(around.started().plus(around.duration("READY_AFTER", Duration.ZERO)))) {
            return answered(503, "starting", Duration.ofMillis(1));
        }
        for (var address : list("NEEDS")) {
            var reply =
                    address.startsWith("http:")
                            ? call(address, now)
                            : dial(address, Duration.ofSeconds(1));
            var why = errorOf(address, reply);
            if (!why.isEmpty()) {
                around.log().log(now.plus(reply.took()), "WARN not ready: " + why);
                return answered(503, why, reply.took());
            }
        }
        return answered(200, "ready", Duration.ofMillis(2));
    }

    private Reply root(String path, Instant now) {
        var took = Duration.ofMillis(4);
        for (var url : list("CALLS")) {
            var reply = call(url, now.plus(took));
            took = took.plus(reply.took());
            var error = errorOf(url, reply);
            if (!error.isEmpty()) {
                around.log().log(now.plus(took), "ERROR GET " + path + " 502: " + error);
                return answered(502, error, took);
            }
        }
        return answered(200, "ok", took);
    }

    private static Reply answered(int code, String body, Duration took) {
        return new Reply.Answered(code, body, took);
    }

    private Reply call(String url, Instant now) {
        return around.network().get(url, around.self(), CLIENT_TIMEOUT, now);
    }

    private static String errorOf(String url, Reply reply) {
        return switch (reply) {
            case Reply.Failed(var error, _) -> error;
            case Reply.Answered(var code, _, _) ->
                    code < 400 ? "" : "GET %s: %d %s".formatted(url, code, phrase(code));
        };
    }

    private static String phrase(int code) {
        return switch (code) {
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 404 -> "Not Found";
            default -> "Internal Server Error";
        };
    }

    private Reply dial(String address, Duration within) {
        return around.network().dial(address, around.self(), within);
    }

    private List<String> list(String name) {
        var value = around.variable(name);
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }
}
