package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.io.PrintWriter;
import java.util.Locale;

/** The gateway beside the {@link Sink}, measured one after the other with the same operators. */
record Comparison(ServerFigures gateway, ServerFigures sink, int streams, double loadAverage) {

    JsonObject json() {
        return new JsonObject()
                .put("streams", streams)
                .put("load_average", loadAverage)
                .put("gateway", gateway.json())
                .put("sink", sink.json())
                .put(
                        "share_of_sink",
                        new JsonObject()
                                .put("single", share(gateway.single(), sink.single()))
                                .put("batch", share(gateway.batch(), sink.batch())));
    }

    private static double share(Throughput gateway, Throughput sink) {
        return Math.round(1000 * gateway.takenInPerCpuSecond() / sink.takenInPerCpuSecond())
                / 1000.0;
    }

    void print(PrintWriter out) {
        out.printf("%-22s %s%n", streams + " streams", Throughput.HEAD);
        row(out, "gateway, single", gateway.single());
        row(out, "gateway, batches of " + gateway.batch().signals(), gateway.batch());
        row(out, "sink, single", sink.single());
        row(out, "sink, batches of " + sink.batch().signals(), sink.batch());
        out.printf(
                Locale.ROOT,
                "taken in, share of the sink: %.1f %% single, %.1f %% batches; load average %.1f%n",
                100 * share(gateway.single(), sink.single()),
                100 * share(gateway.batch(), sink.batch()),
                loadAverage);
        connections(out, "gateway", gateway);
        connections(out, "sink", sink);
    }

    private static void row(PrintWriter out, String what, Throughput measured) {
        out.printf("%-22s %s%n", what, measured);
    }

    private static void connections(PrintWriter out, String what, ServerFigures server) {
        out.printf(
                Locale.ROOT,
                "%s, per cpu-s: %,.0f handshakes, %,.0f of clients that came back, %,.0f streams"
                        + " opened%n",
                what,
                server.connected(),
                server.reconnected(),
                server.opened());
    }
}
