package dev.kestrel.cli;

import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.scenario.ScenarioRun;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays one scenario to its end without a person: the demo's approver approves what is proposed,
 * through the API like anyone.
 */
final class OncePlay {
    private static final long LOOK_MILLIS = 200;

    /** From the last right diagnosis until everything is mended, in the cluster's time. */
    private static final Duration MENDING = Duration.ofMinutes(12);

    private final Scenario scenario;
    private final String clusterId;
    private final DemoCluster cluster;
    private final ApiClient api;
    private final Consumer<String> progress;

    OncePlay(
            Scenario scenario,
            String clusterId,
            DemoCluster cluster,
            ApiClient api,
            Consumer<String> progress) {
        this.scenario = scenario;
        this.clusterId = clusterId;
        this.cluster = cluster;
        this.api = api;
        this.progress = progress;
    }

    PlayResult play() throws InterruptedException {
        api.awaitKnown(clusterId);
        var fault = cluster.now();
        var run = cluster.play(scenario);
        return switch (scenario.expected()) {
            case Expected.Healthy healthy -> watchHealthy(healthy, fault);
            case Expected.NearMiss miss -> watchNearMiss(miss, fault);
            case Expected.Incidents incidents -> watchIncidents(incidents, run, fault);
        };
    }

    private PlayResult watchHealthy(Expected.Healthy healthy, Instant fault)
            throws InterruptedException {
        while (cluster.now().isBefore(fault.plus(healthy.lasts()))) {
            var incidents = incidents();
            if (!incidents.isEmpty()) {
                return result(
                        PlayResult.facts(api.incident(incidents.getFirst().getString("id")), fault),
                        "an incident where all is healthy: "
                                + incidents.getFirst().getString("title"));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return result(new JsonObject().put("outcome", "HEALTHY"), PlayResult.AS_EXPECTED);
    }

    /** Nobody mends anything: it is only watched what is called the cause. */
    private PlayResult watchNearMiss(Expected.NearMiss miss, Instant fault)
            throws InterruptedException {
        while (cluster.now().isBefore(fault.plus(miss.lasts()))) {
            for (var incident : incidents()) {
                if (incident.getString("verdict").equals("ROOT_CAUSE")
                        && incident.getString("cause").equals(miss.not())) {
                    return result(
                            PlayResult.facts(api.incident(incident.getString("id")), fault),
                            "what only looks like it is called the cause: "
                                    + incident.getString("title"));
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return result(anything(fault).put("outcome", "NOT " + miss.not()), PlayResult.AS_EXPECTED);
    }

    private PlayResult watchIncidents(Expected.Incidents expected, ScenarioRun run, Instant fault)
            throws InterruptedException {
        var awaited = expected.each().stream().map(this::awaited).toList();
        var latest = fault.plus(expected.within());
        while (cluster.now().isBefore(latest)) {
            Thread.sleep(LOOK_MILLIS);
            var wasNamed = isNamed(awaited);
            awaited.forEach(AwaitedIncident::look);
            if (!wasNamed && isNamed(awaited)) {
                latest = cluster.now().plus(MENDING);
            }
            if (awaited.stream().allMatch(AwaitedIncident::isResolved) && run.isMended()) {
                return result(facts(awaited, fault), surplus(awaited));
            }
        }
        return result(facts(awaited, fault), missing(awaited, run.isMended()));
    }

    private AwaitedIncident awaited(Expected.Incident wanted) {
        return new AwaitedIncident(wanted, clusterId, api, progress);
    }

    private static boolean isNamed(List<AwaitedIncident> awaited) {
        return awaited.stream().allMatch(AwaitedIncident::isNamed);
    }

    /** Of the one incident, or of each where there are several. */
    private JsonObject facts(List<AwaitedIncident> awaited, Instant fault) {
        var each = awaited.stream().flatMap(one -> one.facts(fault).stream()).toList();
        return awaited.size() > 1
                ? new JsonObject().put("incidents", new JsonArray(each))
                : each.isEmpty() ? anything(fault) : each.getFirst();
    }

    private static String missing(List<AwaitedIncident> awaited, boolean mended) {
        var unnamed =
                awaited.stream().filter(one -> !one.isNamed()).map(AwaitedIncident::cause).toList();
        if (!unnamed.isEmpty()) {
            return "not named in time: " + String.join(", ", unnamed);
        }
        return mended
                ? "the cluster is mended, but not every incident is resolved"
                : "the cluster is not mended; see how each fix ended";
    }

    /** One fault is one incident: others beside it are noise. */
    private String surplus(List<AwaitedIncident> awaited) {
        var ids = awaited.stream().flatMap(one -> one.id().stream()).toList();
        var others =
                incidents().stream()
                        .filter(one -> !ids.contains(one.getString("id")))
                        .filter(one -> standsAlone(api.incident(one.getString("id"))))
                        .map(one -> one.getString("title"))
                        .toList();
        return others.isEmpty() ? PlayResult.AS_EXPECTED : "more incidents than faults: " + others;
    }

    private JsonObject anything(Instant fault) {
        return incidents().stream()
                .findFirst()
                .map(one -> PlayResult.facts(api.incident(one.getString("id")), fault))
                .orElse(new JsonObject());
    }

    /** One that was merged goes on in another. */
    static boolean standsAlone(JsonObject incident) {
        return incident.getString("mergedInto").isEmpty();
    }

    private List<JsonObject> incidents() {
        return api.incidents().stream()
                .filter(one -> one.getString("cluster").equals(clusterId))
                .toList();
    }

    private PlayResult result(JsonObject facts, String problem) {
        return new PlayResult(scenario.name(), facts, problem);
    }
}
