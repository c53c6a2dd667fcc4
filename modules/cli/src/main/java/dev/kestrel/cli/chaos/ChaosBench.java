package dev.kestrel.cli.chaos;

import dev.kestrel.cli.scratch.ScratchFolder;
import dev.kestrel.operator.link.LinkTimes;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * {@code kestrel bench chaos}: whether anything that was acknowledged is lost, whatever happens.
 *
 * <p>Definitions. A batch is <em>acknowledged</em> when the operator's own spool has dropped it,
 * and <em>found</em> when the journal has it, read by the owner of the tables after all nodes have
 * ended. <em>Until acknowledged again</em> is real time from the fault to the first new
 * acknowledgement of a cluster: for a node's fault of the clusters it owned, for others of all. A
 * <em>writer</em> is the node of a claim or an append, recorded by a trigger on the ownership.
 */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Starts nodes, a PostgreSQL and operators on this machine, puts them under load, and"
                    + " kills, hangs and cuts off what the seed says. Then the journal is compared"
                    + " with what was acknowledged.",
            "Operators and nodes notice silence after 6 s here, not after 30 s as by default;"
                    + " nothing leaves loopback, and all that was started is ended."
        },
        footer = {
            "",
            "Examples:",
            "  ./kestrel bench chaos",
            "  ./kestrel bench chaos --nodes 2 --seconds 60 --seed 7 -o json",
            "JSON: {seed, acknowledged, found, lost, duplicated, out_of_order, wrong_writers,"
                    + " claims, signals_shed, stopped_in_order, nodes, until_acknowledged_again:"
                    + " {FAULT: {faults, clusters, p50_ms, p99_ms, max_ms, whole_fleet_max_ms}},"
                    + " faults}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing was lost",
            "1:something was lost, written twice or by the wrong node, or it could not run",
            "2:wrong usage"
        })
public final class ChaosBench implements Callable<Integer> {
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final LinkTimes TIMES =
            new LinkTimes(HEARTBEAT, SILENCE, Duration.ofMillis(500), Duration.ofSeconds(4));
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "knowledge.path", "",
                    "gateway.heartbeat", HEARTBEAT.toSeconds() + "s",
                    "gateway.silence", SILENCE.toSeconds() + "s",
                    "gateway.drain", "3s",
                    "gateway.enrolments-per-minute", "100000",
                    "gateway.instances", "1",
                    "store.connections", "4",
                    "store.journal-retention", "24h",
                    "engine.checkpoint-every", "200");

    @Spec private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "75",
            paramLabel = "N",
            description = "How long faults are made; 10 to 3600. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--nodes",
            defaultValue = "3",
            paramLabel = "N",
            description = "Nodes of the cloud, 2 or 3. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--operators",
            defaultValue = "24",
            paramLabel = "N",
            description = "Clusters, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int operators;

    @Option(
            names = "--every",
            defaultValue = "100",
            paramLabel = "MS",
            description =
                    "Milliseconds between two signals of a cluster, 10 to 10000. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int every;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Decides which faults come, where and for how long. Default: 1.")
    private long seed;

    @Option(
            names = "--data",
            defaultValue = ".kestrel/chaos",
            paramLabel = "DIR",
            description = "Folder of the run; emptied at each start. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How results are printed. Default: ${DEFAULT-VALUE}.")
    private Format output;

    /** How the result is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws InterruptedException, SQLException {
        within("--seconds", seconds, 10, 3_600);
        within("--nodes", nodes, 2, 3);
        within("--operators", operators, 1, 500);
        within("--every", every, 10, 10_000);
        ScratchFolder.empty(data);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        var cloud = new ChaosCloud(vertx, data, nodes, SETTINGS);
        var end = new Thread(cloud::close, "end the chaos");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            say("starting %d nodes".formatted(nodes));
            cloud.start();
            var result = run(vertx, cloud);
            var text = output == Format.JSON ? result.encodePrettily() : ChaosReport.text(result);
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
            return result.getBoolean("sound") ? 0 : 1;
        } finally {
            cloud.close();
            vertx.close();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private JsonObject run(Vertx vertx, ChaosCloud cloud)
            throws InterruptedException, SQLException {
        var random = new Random(seed);
        say("enrolling %d operators".formatted(operators));
        var fleet = new Fleet(fleet(vertx, cloud, random));
        var report = new ChaosReport(seed);
        var havoc = new Havoc(cloud, fleet, report, random, this::say);
        fleet.operators().forEach(ChaosOperator::start);
        vertx.setPeriodic(every, tick -> fleet.tick());
        havoc.warmUp();
        havoc.wreak(Duration.ofSeconds(seconds));
        say("waiting until all that was said is acknowledged");
        var settled = havoc.settle();
        say("stopping the nodes");
        var inOrder = cloud.stopAll();
        fleet.operators().forEach(operator -> ChaosCloud.on(operator.stop()));
        try (var connection = cloud.database().connect()) {
            var findings = JournalAudit.audit(connection, fleet.operators());
            var shed = fleet.operators().stream().mapToLong(ChaosOperator::shed).sum();
            var sound = settled && findings.isSound() && inOrder == nodes;
            return report.json(findings, inOrder, nodes, shed)
                    .put("settled", settled)
                    .put("sound", sound);
        }
    }

    private List<ChaosOperator> fleet(Vertx vertx, ChaosCloud cloud, Random random) {
        var names = IntStream.range(0, operators).mapToObj(i -> "chaos-" + i).toList();
        var identities = cloud.enrol(names);
        var fleet = new ArrayList<ChaosOperator>();
        for (int i = 0; i < operators; i++) {
            var streams = new ArrayList<>(cloud.streams());
            Collections.shuffle(streams, random);
            fleet.add(
                    new ChaosOperator(
                            vertx, names.get(i), identities.get(i), streams, TIMES, random));
        }
        return fleet;
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s must be between %d and %d, not %d".formatted(option, least, most, value));
        }
    }

    private void say(String text) {
        var err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }
}
