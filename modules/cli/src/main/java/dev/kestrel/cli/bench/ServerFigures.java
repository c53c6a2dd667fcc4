package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.time.Duration;

/**
 * What one server came to.
 *
 * @param connected operators whose handshake was done, for each CPU-second of the server
 * @param reconnected the same once more from the same clients, which resume their TLS session if
 *     the server lets them
 * @param opened operators already connected that were welcome, for each CPU-second of the server;
 *     at the gateway each cluster is claimed and its stream is in the journal
 */
record ServerFigures(
        double connected, double reconnected, double opened, Throughput single, Throughput batch) {

    /**
     * What to measure.
     *
     * @param batch signals in a batch
     * @param warmUp CPU time of the server that does not count
     * @param measured CPU time of the server for each kind of message
     */
    record Plan(String fleet, int streams, int batch, Duration warmUp, Duration measured) {}

    static ServerFigures measure(String server, int port, Plan plan, Rig rig) {
        rig.say().accept("%s: connecting %d operators".formatted(server, plan.streams));
        var connected = each(plan, rig, () -> rig.connect(plan.fleet, port, plan.streams));
        rig.say().accept("%s: connecting them again".formatted(server));
        var reconnected = each(plan, rig, () -> rig.have(plan.fleet, "reconnect"));
        rig.say().accept("%s: opening their streams".formatted(server));
        var opened = each(plan, rig, () -> rig.have(plan.fleet, "open"));
        var single = throughput(server, 1, plan, rig);
        var batch = throughput(server, plan.batch, plan, rig);
        rig.have(plan.fleet, "close");
        return new ServerFigures(connected, reconnected, opened, single, batch);
    }

    private static double each(Plan plan, Rig rig, Runnable step) {
        var begin = rig.cpu().read();
        step.run();
        return plan.streams / (rig.cpu().read().server() - begin.server());
    }

    private static Throughput throughput(String server, int signals, Plan plan, Rig rig) {
        var what = "%s, messages of %d: ".formatted(server, signals);
        rig.say().accept(what + "warming up " + plan.warmUp.toSeconds() + " s");
        rig.send(plan.fleet, Sending.pingPong(signals));
        rig.work(plan.warmUp);
        rig.say().accept(what + "measuring " + plan.measured.toSeconds() + " s");
        rig.begin(plan.fleet, what);
        var begin = rig.cpu().read();
        rig.work(plan.measured);
        var end = rig.cpu().read();
        return Throughput.between(begin, end, signals, rig.end(plan.fleet));
    }

    JsonObject json() {
        return new JsonObject()
                .put("connected_per_cpu_second", Math.round(connected))
                .put("reconnected_per_cpu_second", Math.round(reconnected))
                .put("opened_per_cpu_second", Math.round(opened))
                .put("single", single.json())
                .put("batch", batch.json());
    }
}
