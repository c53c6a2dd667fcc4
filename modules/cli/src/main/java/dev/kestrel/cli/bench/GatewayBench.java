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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
 * event loop. What operators cost that connect is in {@link ServerFigures}.
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
                + " is told beside it), messages per second, real time until the acknowledgement,"
                + " and the same of a bare Vert.x gRPC server that only acknowledges; operators"
                + " connected, connected again and welcomed per CPU-second. With --idle, instead:"
                + " the memory of a server whose operators are connected and silent. With --flood:"
                + " what a tenant that floods does to a neighbour."
        },
        footer = {
            "",
            "Examples:",
            "  ./kestrel bench gateway",
            "  ./kestrel bench gateway --streams 500 --seconds 20 -o json",
            "  ./kestrel bench gateway --idle 10000",
            "  ./kestrel bench gateway --flood 4 --seconds 5",
            "JSON: {streams, load_average, gateway: {connected, reconnected, opened, single,"
                    + " batch}, sink: {…}, share_of_sink: {single, batch}}; with --idle {operators,"
                    + " resident_mb, kb_per_operator, resident_mb_at: {…}}; with --flood"
                    + " {neighbour_quiet, neighbour_flooded, flooder, flood_signals_per_second}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:could not run", "2:wrong usage"})
final class GatewayBench implements Callable<Integer> {
    private static final int MOST_STREAMS = 15_000;
    private static final int MOST_FLOODING = 100;
    private static final String FLEET = "bench";
    private static final int NO_LIMIT = 1_000_000;

    /** As in {@code conf/kestrel.yaml}. */
    private static final int USUAL_RATE = 5_000;

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
            description =
                    "CPU-seconds of the server that are measured for each kind of message. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            paramLabel = "N",
            description =
                    "CPU-seconds of the server before each that do not count: less than 20 measures"
                            + " the JIT as well. Default: ${DEFAULT-VALUE}.")
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
            names = "--flood",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Measure the acknowledgements of a tenant with "
                            + Neighbours.CALM_STREAMS
                            + " steady operators instead, with and without another tenant whose N"
                            + " operators send all they may, four turns each of --seconds of real"
                            + " time.")
    private int flood;

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

    @Override
    public Integer call() {
        within("--streams", streams, MOST_STREAMS);
        within("--seconds", seconds, MOST_SECONDS);
        within("--warm-up", warmUp, MOST_SECONDS);
        within("--batch", batch, MOST_SIGNALS);
        if (idle > 0) {
            within("--idle", idle, MOST_STREAMS);
        }
        if (flood > 0) {
            within("--flood", flood, MOST_FLOODING);
        }
        try (var rig = Rig.at(data, this::say)) {
            if (flood > 0) {
                flood(rig);
            } else if (idle > 0) {
                idle(rig);
            } else {
                compare(rig);
            }
        }
        return 0;
    }

    private void flood(Rig rig) {
        rig.startCloud(USUAL_RATE, Neighbours.CALM, Neighbours.FLOOD);
        var came =
                Neighbours.measure(
                        flood, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), rig);
        print(came::json, out -> out.println(came));
    }

    private void idle(Rig rig) {
        rig.startCloud(NO_LIMIT, FLEET);
        rig.enrol(FLEET, idle);
        var came = IdleMemory.measure(FLEET, idle, rig);
        print(came::json, out -> out.println(came));
    }

    private void compare(Rig rig) {
        rig.startCloud(NO_LIMIT, FLEET);
        rig.enrol(FLEET, streams);
        var plan =
                new ServerFigures.Plan(
                        FLEET,
                        streams,
                        batch,
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds));
        var gateway = ServerFigures.measure("gateway", rig.servers().streamPort(), plan, rig);
        rig.servers().stopCloud();
        var sink = ServerFigures.measure("bare sink", rig.servers().startSink(), plan, rig);
        var came = new Comparison(gateway, sink, streams, rig.cpu().load());
        print(came::json, came::print);
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

    private void print(Supplier<JsonObject> json, Consumer<PrintWriter> text) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case JSON -> out.println(json.get().encodePrettily());
            case TEXT -> text.accept(out);
        }
        out.flush();
    }
}
