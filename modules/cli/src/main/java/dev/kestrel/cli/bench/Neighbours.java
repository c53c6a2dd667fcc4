package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.Locale;

/**
 * What a tenant that floods does to another: the neighbour's operators send at a steady pace, and
 * wait for their acknowledgements with and without the flood, in turns.
 *
 * @param quiet the neighbour's waits while the other tenant is silent
 * @param flooded the neighbour's waits while the other tenant sends all that its credit allows
 * @param flooder the flooding tenant's own waits
 * @param taken signals of the flood that became durable, per second of it
 */
record Neighbours(Percentiles quiet, Percentiles flooded, Percentiles flooder, double taken) {
    static final String CALM = "neighbour";
    static final String FLOOD = "flooder";
    static final int CALM_STREAMS = 100;

    private static final Sending STEADY = new Sending(1, 1, 250);
    private static final int FLOOD_BATCH = 50;
    private static final Sending FLOODING = new Sending(FLOOD_BATCH, 32, 0);
    private static final int TURNS = 4;
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /**
     * @param flooding clusters of the tenant that floods
     * @param turn of each state
     */
    static Neighbours measure(int flooding, Duration warmUp, Duration turn, Rig rig) {
        join(CALM, CALM_STREAMS, rig);
        join(FLOOD, flooding, rig);
        rig.send(CALM, STEADY);
        rig.send(FLOOD, FLOODING);
        rig.say().accept("warming up %d s".formatted(warmUp.toSeconds()));
        Rig.pause(warmUp);
        var quiet = Percentiles.NONE;
        var flooded = Percentiles.NONE;
        var flooder = Percentiles.NONE;
        for (int i = 1; i <= TURNS; i++) {
            rig.say().accept("turn %d of %d, each %d s".formatted(i, TURNS, 2 * turn.toSeconds()));
            rig.send(FLOOD, Sending.NOTHING);
            Rig.pause(SETTLING);
            quiet = phase("quiet", turn, rig);
            rig.send(FLOOD, FLOODING);
            rig.begin(FLOOD, "flood");
            flooded = phase("flooded", turn, rig);
            flooder = rig.end(FLOOD);
        }
        var seconds = TURNS * turn.toMillis() / 1e3;
        return new Neighbours(quiet, flooded, flooder, flooder.count() * FLOOD_BATCH / seconds);
    }

    private static void join(String fleet, int operators, Rig rig) {
        rig.enrol(fleet, operators);
        rig.connect(fleet, rig.servers().streamPort(), operators);
        rig.have(fleet, "open");
    }

    private static Percentiles phase(String name, Duration turn, Rig rig) {
        rig.begin(CALM, name);
        Rig.pause(turn);
        return rig.end(CALM);
    }

    JsonObject json() {
        return new JsonObject()
                .put("neighbour_quiet", quiet.json())
                .put("neighbour_flooded", flooded.json())
                .put("flooder", flooder.json())
                .put("flood_signals_per_second", Math.round(taken));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "acknowledgement, ms          p50      p99      max%n"
                        + "neighbour, quiet      %s%nneighbour, flooded    %s%nflooder             "
                        + "  %s%nof the flood were taken: %,.0f signals per second",
                row(quiet),
                row(flooded),
                row(flooder),
                taken);
    }

    private static String row(Percentiles one) {
        return String.format(
                Locale.ROOT,
                "%8.1f %8.1f %8.1f",
                one.p50() / 1_000,
                one.p99() / 1_000,
                one.max() / 1_000);
    }
}
