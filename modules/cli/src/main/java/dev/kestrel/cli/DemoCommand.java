package dev.kestrel.cli;

import dev.kestrel.cli.scratch.ScratchFolder;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.scenario.Scenarios;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code kestrel demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Everything on this machine: a cloud with its own PostgreSQL, an operator, and a"
                    + " simulated cluster in which one thing after another goes wrong. Prints the"
                    + " dashboard's address and login."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went as the scenarios expect",
            "1:could not run",
            "2:wrong usage",
            "3:with --once, something was not as a scenario expects"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int NOT_AS_EXPECTED = 3;

    /**
     * Five minutes of back-offs and probes in half a minute; more would make the machine the
     * bottleneck.
     */
    private static final int HEADLESS_SPEED = 8;

    /** One of each kind of incident, in the order in which a newcomer learns most. */
    private static final List<String> TOUR =
            List.of(
                    "image-tag-missing",
                    "service-selector-edited",
                    "memory-limit-lowered",
                    "requests-beyond-any-node",
                    "dns-scaled-to-zero");

    @Spec private CommandSpec spec;

    @Option(names = "--list", description = "List the scenarios and end.")
    private boolean list;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "Play only this one; may be given several times.")
    private @Nullable List<String> names;

    @Option(
            names = "--once",
            description = "Play headless to the end, approve what is proposed, print the results.")
    private boolean once;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How results are printed (default: ${DEFAULT-VALUE}).")
    private Output output;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the dashboard (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int port;

    @Option(
            names = "--data",
            defaultValue = ".kestrel/demo",
            description =
                    "Folder of the demo's database; emptied at each start (default:"
                            + " ${DEFAULT-VALUE}).")
    private Path data;

    private enum Output {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws Exception {
        var scenarios = scenarios();
        if (list) {
            print(scenarios);
            return 0;
        }
        ScratchFolder.empty(data);
        return once ? playOnce(scenarios) : guide(scenarios);
    }

    private List<Scenario> scenarios() {
        if (names == null) {
            return list || once
                    ? Scenarios.all()
                    : TOUR.stream().flatMap(name -> Scenarios.named(name).stream()).toList();
        }
        return names.stream()
                .map(
                        name ->
                                Scenarios.named(name)
                                        .orElseThrow(
                                                () ->
                                                        new ParameterException(
                                                                spec.commandLine(),
                                                                "there is no scenario '"
                                                                        + name
                                                                        + "'; ./kestrel demo --list"
                                                                        + " names them")))
                .toList();
    }

    private void print(List<Scenario> scenarios) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case TEXT ->
                    scenarios.forEach(one -> out.printf("%-30s %s%n", one.name(), one.title()));
            case JSON -> {
                var json = new JsonArray();
                scenarios.forEach(one -> json.add(listed(one)));
                out.println(json.encodePrettily());
            }
        }
        out.flush();
    }

    private static JsonObject listed(Scenario scenario) {
        var listed =
                new JsonObject()
                        .put("name", scenario.name())
                        .put("title", scenario.title())
                        .put("story", scenario.story());
        return switch (scenario.expected()) {
            case Expected.Healthy _ -> listed.put("healthy", true);
            case Expected.NearMiss miss -> listed.put("healthy", false).put("not", miss.not());
            case Expected.Incidents incidents -> {
                var causes = incidents.each().stream().map(Expected.Incident::mechanism).toList();
                listed.put("healthy", false);
                yield causes.size() == 1
                        ? listed.put("mechanism", causes.getFirst())
                        : listed.put("mechanisms", new JsonArray(causes));
            }
        };
    }

    private int guide(List<Scenario> scenarios) throws InterruptedException {
        var screen = new Screen();
        screen.say("starting PostgreSQL, the cloud and a simulated cluster …");
        var local = Waiting.on(LocalCloud.start(data, port, 1));
        var cluster =
                Waiting.on(
                        DemoCluster.start(
                                local,
                                new ClusterRef(LocalCloud.TENANT, "demo"),
                                scenarios.getFirst(),
                                data.resolve("operator")));
        Waiting.atExit(
                () -> {
                    Waiting.on(cluster.stop());
                    local.stop();
                });
        screen.address(local);
        signedIn(local).awaitKnown("demo");
        new GuidedPlay(scenarios, cluster, screen::say).play();
        Thread.currentThread().join();
        return 0;
    }

    private int playOnce(List<Scenario> scenarios) throws InterruptedException {
        var screen = new Screen();
        screen.say("starting PostgreSQL and the cloud …");
        var local = Waiting.on(LocalCloud.start(data, 0, HEADLESS_SPEED));
        var api = signedIn(local);
        var results = new ArrayList<PlayResult>();
        for (var scenario : scenarios) {
            results.add(play(scenario, local, api, screen));
        }
        local.stop();
        report(results);
        return results.stream().allMatch(PlayResult::isAsExpected) ? 0 : NOT_AS_EXPECTED;
    }

    /** Each scenario has a cluster of its own, so that none sees what another left. */
    private PlayResult play(Scenario scenario, LocalCloud local, ApiClient api, Screen screen)
            throws InterruptedException {
        screen.loud(scenario.name() + ": " + scenario.title());
        var id = scenario.name();
        var cluster =
                Waiting.on(
                        DemoCluster.start(
                                local,
                                new ClusterRef(LocalCloud.TENANT, id),
                                scenario,
                                data.resolve("operators").resolve(id)));
        try {
            var result =
                    new OncePlay(scenario, id, cluster, api, text -> screen.say("  " + text))
                            .play();
            screen.say("  " + (result.isAsExpected() ? "as expected" : result.problem()));
            return result;
        } finally {
            Waiting.on(cluster.stop());
        }
    }

    private static ApiClient signedIn(LocalCloud local) {
        var api = new ApiClient(local.address());
        api.signIn(local.login().email(), local.login().password());
        return api;
    }

    private void report(List<PlayResult> results) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case TEXT ->
                    results.forEach(
                            one ->
                                    out.printf(
                                            "%-30s %s%n",
                                            one.scenario(),
                                            one.isAsExpected() ? "as expected" : one.problem()));
            case JSON ->
                    out.println(
                            results.size() == 1
                                    ? results.getFirst().json().encodePrettily()
                                    : new JsonArray(results.stream().map(PlayResult::json).toList())
                                            .encodePrettily());
        }
        out.flush();
    }
}
