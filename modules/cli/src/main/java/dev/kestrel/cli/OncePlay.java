package dev.kestrel.cli;

import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.scenario.ScenarioRun;

import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plays one scenario to its end without a person: the demo's approver approves what is proposed,
 * through the API like anyone.
 */
final class OncePlay {
    private static final Set<String> AT_WORK = Set.of("APPROVED", "VERIFYING", "UNDOING");
    private static final long LOOK_MILLIS = 200;

    /** From the right diagnosis until everything is mended, in the cluster's time. */
    private static final Duration MENDING = Duration.ofMinutes(12);

    private final Scenario scenario;
    private final String clusterId;
    private final DemoCluster cluster;
    private final ApiClient api;
    private final Consumer<String> progress;
    private final Set<String> approved = new HashSet<>();

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
            case Expected.Incident incident -> watchIncident(incident, run, fault);
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

    private PlayResult watchIncident(Expected.Incident expected, ScenarioRun run, Instant fault)
            throws InterruptedException {
        var facts = new JsonObject();
        var diagnosed = Optional.<Instant>empty();
        var said = "";
        while (cluster.now()
                .isBefore(
                        diagnosed
                                .map(at -> at.plus(MENDING))
                                .orElse(fault.plus(expected.within())))) {
            Thread.sleep(LOOK_MILLIS);
            var found = named(expected);
            if (found.isEmpty()) {
                continue;
            }
            var incident = found.get();
            facts = PlayResult.facts(incident, fault);
            if (diagnosed.isEmpty()) {
                diagnosed = Optional.of(cluster.now());
            }
            approve(incident);
            var state =
                    incident.getString("status") + ", " + facts.getString("outcome", "no fix yet");
            if (!state.equals(said)) {
                said = state;
                progress.accept(
                        incident.getString("title") + ": " + state.toLowerCase(Locale.ROOT));
            }
            if (incident.getString("status").equals("RESOLVED") && run.isMended()) {
                return result(facts, surplus(incident));
            }
        }
        return result(
                facts.isEmpty() ? anything(fault) : facts,
                missing(facts, diagnosed.isPresent(), run.isMended()));
    }

    private static String missing(JsonObject facts, boolean diagnosed, boolean mended) {
        if (!diagnosed) {
            return "the expected cause was not named in time";
        }
        return mended
                ? "the cluster is mended, but the incident is not resolved"
                : "the cluster is not mended; the fix ended as "
                        + facts.getString("outcome", "never proposed");
    }

    /** One fault is one incident: others beside it are noise. */
    private String surplus(JsonObject incident) {
        var others =
                incidents().stream()
                        .filter(one -> !one.getString("id").equals(incident.getString("id")))
                        .filter(one -> standsAlone(api.incident(one.getString("id"))))
                        .map(one -> one.getString("title"))
                        .toList();
        return others.isEmpty() ? PlayResult.AS_EXPECTED : "more than one incident: " + others;
    }

    private JsonObject anything(Instant fault) {
        return incidents().stream()
                .findFirst()
                .map(one -> PlayResult.facts(api.incident(one.getString("id")), fault))
                .orElse(new JsonObject());
    }

    private Optional<JsonObject> named(Expected.Incident expected) {
        return incidents().stream()
                .filter(one -> one.getString("verdict").equals("ROOT_CAUSE"))
                .filter(one -> one.getString("cause").equals(expected.mechanism()))
                .filter(one -> one.getString("causeAt").equals(text(expected)))
                .map(one -> api.incident(one.getString("id")))
                .filter(OncePlay::standsAlone)
                .findFirst();
    }

    /** One that was merged goes on in another. */
    private static boolean standsAlone(JsonObject incident) {
        return incident.getString("mergedInto").isEmpty();
    }

    private static String text(Expected.Incident expected) {
        var at = expected.resource();
        return at.namespace().isEmpty()
                ? at.type().kind() + "/" + at.name()
                : at.type().kind() + "/" + at.namespace() + "/" + at.name();
    }

    /** One fix at a time, the first that is offered. */
    private void approve(JsonObject incident) {
        var remediations =
                incident.getJsonArray("remediations").stream().map(JsonObject.class::cast).toList();
        if (remediations.stream().anyMatch(one -> AT_WORK.contains(one.getString("phase")))) {
            return;
        }
        remediations.stream()
                .filter(one -> one.getString("phase").equals("PROPOSED"))
                .filter(one -> approved.add(one.getString("id")))
                .findFirst()
                .ifPresent(
                        one ->
                                api.approve(
                                        incident.getString("id"),
                                        one.getString("id"),
                                        one.getJsonObject("plan")
                                                .getJsonObject("manifest")
                                                .getString("digest")));
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
