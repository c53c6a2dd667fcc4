package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code kestrel bench gateway}: what a node pays to take signals in and make them durable.
 *
 * <p>Definitions. A <em>message</em> is one {@code SignalBatch}; it counts when its acknowledgement
 * has reached the operator, so when it is in the journal. <em>Messages per CPU-second</em> are the
 * messages of the measured time, divided by the CPU time (user and system) of the whole server
 * process in the same time: gateway, engine, store, JIT and garbage collection. <em>Taken in</em>
 * leaves out the threads that reason, which follow after the acknowledgement. The operators run in
 * a process of their own and PostgreSQL is one anyway; neither is in it, PostgreSQL's is told
 * beside it. <em>Signals per CPU-second</em> are that times the signals of a message. The
 * <em>acknowledgement</em> is real time from sending to acknowledgement, at the operator, with all
 * cores busy. The <em>share</em> is the gateway's messages per CPU-second as a part of those of the
 * {@link Sink}, measured right after in the same process with the same operators. Both serve on one
 * event loop. <em>Opened per CPU-second</em> are the operators that connected, one handshake and
 * one stream each, until each was welcome.
 */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = {
            "What it costs to take signals in and make them durable: a whole cloud with its own"
                    + " PostgreSQL in this process, operators in another, mTLS on loopback between"
                    + " them. Each operator has one message outstanding (ping-pong), first with one"
                    + " signal, then with a batch.",
            "Printed: messages and signals per CPU-second of the server process (PostgreSQL's CPU"
                    + " is told beside it), messages per second, real time until the"
                    + " acknowledgement, and the same of a bare Vert.x gRPC server that only"
                    + " acknowledges. With --idle, instead: the memory of a server whose operators"
                    + " are connected and silent."
        },
        footer = {
            "",
            "Examples:",
            "  ./kestrel bench gateway",
            "  ./kestrel bench gateway --streams 500 --seconds 20 -o json",
            "  ./kestrel bench gateway --idle 10000",
            "JSON: {streams, load_average, gateway: {opened, single, batch}, sink: {opened, single,"
                    + " batch}, share_of_sink: {single, batch}}; with --idle {operators,"
                    + " resident_mb, kb_per_operator, resident_mb_at: {…}}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:could not run", "2:wrong usage"})
final class GatewayBench implements Callable<Integer> {
    private static final int MOST_STREAMS = 15_000;
    private static final int ENROLLED_AT_ONCE = 500;
    private static final int MOST_SECONDS = 600;
    private static final int MOST_SIGNALS = 50;

    @Spec private CommandSpec spec;

    @Option(
            names = "--streams",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Operators, each with its own connection. Default: ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            paramLabel = "N",
            description = "Measured for each of the four figures. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "6",
            paramLabel = "N",
            description = "Seconds before each that do not count. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--batch",
            defaultValue = "20",
            paramLabel = "N",
            description = "Signals in a batch. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--idle",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Measure the memory of N connected, silent operators instead; N as with"
                            + " --streams.")
    private int idle;

    @Option(
            names = "--data",
            defaultValue = ".kestrel/bench",
            paramLabel = "DIR",
            description =
                    "Folder of the database; emptied at each start. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How results are printed. Default: ${DEFAULT-VALUE}.")
    private Output output;

    /** Operators connecting, and both kinds of message, against one server. */
    private record Measured(double opened, Throughput single, Throughput batch) {
        JsonObject json() {
            return new JsonObject()
                    .put("opened_per_cpu_second", Math.round(opened))
                    .put("single", single.json())
                    .put("batch", batch.json());
        }
    }

    @Override
    public Integer call() {
        within("--streams", streams, MOST_STREAMS);
        within("--seconds", seconds, MOST_SECONDS);
        within("--warm-up", warmUp, MOST_SECONDS);
        within("--batch", batch, MOST_SIGNALS);
        if (idle > 0) {
            within("--idle", idle, MOST_STREAMS);
        }
        try (var servers = new BenchServers(data);
                var load = LoadProcess.start()) {
            say("starting the cloud and its PostgreSQL");
            servers.startCloud();
            enrol(servers, load, Math.max(idle, idle > 0 ? 0 : streams));
            if (idle > 0) {
                print(IdleMemory.measure(servers.streamPort(), idle, load, this::say));
            } else {
                throughput(servers, load, new CpuClock(data));
            }
        }
        return 0;
    }

    private void enrol(BenchServers servers, LoadProcess load, int operators) {
        for (int first = 0; first < operators; first += ENROLLED_AT_ONCE) {
            say("enrolling operators: %d of %d".formatted(first, operators));
            load.order(servers.enrolment(first, Math.min(ENROLLED_AT_ONCE, operators - first)));
        }
    }

    private void throughput(BenchServers servers, LoadProcess load, CpuClock cpu) {
        var gateway = measure("gateway", servers.streamPort(), load, cpu);
        servers.stopCloud();
        var sink = measure("bare sink", servers.startSink(), load, cpu);
        print(gateway, sink, cpu.load());
    }

    private Measured measure(String server, int port, LoadProcess load, CpuClock cpu) {
        say("%s: opening %d streams".formatted(server, streams));
        var begin = cpu.read();
        load.order(new JsonObject().put("do", "open").put("port", port).put("count", streams));
        var opened = streams / (cpu.read().server() - begin.server());
        var measured =
                new Measured(
                        opened,
                        throughput(server, 1, load, cpu),
                        throughput(server, batch, load, cpu));
        load.order("close");
        return measured;
    }

    private Throughput throughput(String server, int signals, LoadProcess load, CpuClock cpu) {
        say("%s, messages of %d: warming up %d s".formatted(server, signals, warmUp));
        load.order(new JsonObject().put("do", "send").put("signals", signals));
        BenchServers.pause(Duration.ofSeconds(warmUp));
        say("%s, messages of %d: measuring %d s".formatted(server, signals, seconds));
        load.order("begin");
        var begin = cpu.read();
        BenchServers.pause(Duration.ofSeconds(seconds));
        var end = cpu.read();
        var times = Percentiles.read(load.order("end"));
        return Throughput.between(begin, end, signals, times);
    }

    private void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s must be between 1 and %d, not %d".formatted(option, most, value));
        }
    }

    private void say(String text) {
        var err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    private void print(Measured gateway, Measured sink, double loadAverage) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case JSON ->
                    out.println(
                            new JsonObject()
                                    .put("streams", streams)
                                    .put("load_average", loadAverage)
                                    .put("gateway", gateway.json())
                                    .put("sink", sink.json())
                                    .put(
                                            "share_of_sink",
                                            new JsonObject()
                                                    .put(
                                                            "single",
                                                            share(gateway.single, sink.single))
                                                    .put("batch", share(gateway.batch, sink.batch)))
                                    .encodePrettily());
            case TEXT -> table(out, gateway, sink, loadAverage);
        }
        out.flush();
    }

    private void print(IdleMemory memory) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case JSON -> out.println(memory.json().encodePrettily());
            case TEXT -> out.println(memory);
        }
        out.flush();
    }

    private static double share(Throughput gateway, Throughput sink) {
        return Math.round(1000 * gateway.takenInPerCpuSecond() / sink.takenInPerCpuSecond())
                / 1000.0;
    }

    private void table(PrintWriter out, Measured gateway, Measured sink, double loadAverage) {
        out.printf(
                "%-22s %9s %11s %9s %11s %8s %8s %8s %9s %8s %8s %8s%n",
                streams + " streams",
                "taken in:",
                "signals",
                "all:",
                "signals",
                "msgs/s",
                "server s",
                "loops s",
                "reason s",
                "pg s",
                "p50 ms",
                "p99 ms");
        out.printf("%-22s %9s %11s %9s %11s%n", "", "msgs/cpu", "/cpu", "msgs/cpu", "/cpu");
        out.printf("%-22s %s%n", "gateway, single", gateway.single);
        out.printf("%-22s %s%n", "gateway, batches of " + batch, gateway.batch);
        out.printf("%-22s %s%n", "sink, single", sink.single);
        out.printf("%-22s %s%n", "sink, batches of " + batch, sink.batch);
        out.printf(
                Locale.ROOT,
                "opened per cpu-s: gateway %,.0f, sink %,.0f; taken in, share of the sink: %.1f %%"
                        + " single, %.1f %% batches; load average %.1f%n",
                gateway.opened,
                sink.opened,
                100 * share(gateway.single, sink.single),
                100 * share(gateway.batch, sink.batch),
                loadAverage);
    }
}
