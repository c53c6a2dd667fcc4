package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What {@code bench gateway} measures with: the servers in this process, the operators in another,
 * a clock for the CPU.
 *
 * @param say tells a person how far it is
 */
record Rig(BenchServers servers, LoadProcess load, CpuClock cpu, Consumer<String> say)
        implements AutoCloseable {
    private static final int ENROLLED_AT_ONCE = 500;
    private static final int PATIENCE = 8;
    private static final Duration STEP = Duration.ofMillis(50);

    /**
     * @param data folder of the database, emptied first
     */
    static Rig at(Path data, Consumer<String> say) {
        var servers = new BenchServers(data);
        return new Rig(servers, LoadProcess.start(), new CpuClock(data), say);
    }

    /**
     * Starts a cloud with one tenant for each fleet.
     *
     * @param signalsPerSecond of each cluster
     */
    void startCloud(int signalsPerSecond, String... fleets) {
        say.accept("starting the cloud and its PostgreSQL");
        servers.startCloud(signalsPerSecond, List.of(fleets));
    }

    void enrol(String fleet, int operators) {
        for (int first = 0; first < operators; first += ENROLLED_AT_ONCE) {
            say.accept("enrolling operators: %d of %d".formatted(first, operators));
            load.order(
                    servers.enrolment(fleet, first, Math.min(ENROLLED_AT_ONCE, operators - first)));
        }
    }

    /** Connects operators until there are so many, without a stream. */
    void connect(String fleet, int port, int count) {
        load.order(order(fleet, "connect").put("port", port).put("count", count));
    }

    void send(String fleet, Sending sending) {
        load.order(sending.order(fleet));
    }

    void begin(String fleet, String phase) {
        load.order(order(fleet, "begin").put("phase", phase));
    }

    Percentiles end(String fleet) {
        return Percentiles.read(load.order(order(fleet, "end")));
    }

    /** One of the orders that say no more than that. */
    void have(String fleet, String what) {
        load.order(order(fleet, what));
    }

    private static JsonObject order(String fleet, String what) {
        return new JsonObject().put("do", what).put("fleet", fleet);
    }

    /**
     * Lets the server work until it has used so much CPU time, so that a busy machine measures as
     * much as a quiet one; but no longer than {@link #PATIENCE} times that.
     */
    void work(Duration cpu) {
        var end = cpu().server() + cpu.toMillis() / 1e3;
        var steps = PATIENCE * cpu.dividedBy(STEP);
        for (long i = 0; i < steps && cpu().server() < end; i++) {
            pause(STEP);
        }
    }

    /** Lets time pass on the calling thread. */
    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    @Override
    public void close() {
        load.close();
        servers.close();
    }
}
