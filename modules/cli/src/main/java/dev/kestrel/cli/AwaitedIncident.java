package dev.kestrel.cli;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.simulator.scenario.Scenario.Expected;

import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One fault of a scenario: waits until its cause is named, and approves what is then proposed. */
final class AwaitedIncident {
    private static final Set<String> AT_WORK = Set.of("APPROVED", "VERIFYING", "UNDOING");

    private final Expected.Incident wanted;
    private final String clusterId;
    private final ApiClient api;
    private final Consumer<String> progress;
    private final Set<String> approved = new HashSet<>();
    private Optional<JsonObject> found = Optional.empty();
    private String said = "";

    AwaitedIncident(
            Expected.Incident wanted, String clusterId, ApiClient api, Consumer<String> progress) {
        this.wanted = wanted;
        this.clusterId = clusterId;
        this.api = api;
        this.progress = progress;
    }

    /** Asks how it stands, and approves what is proposed. */
    void look() {
        named().ifPresent(
                        incident -> {
                            found = Optional.of(incident);
                            approve(incident);
                            tell(incident);
                        });
    }

    boolean isNamed() {
        return found.isPresent();
    }

    boolean isResolved() {
        return found.filter(one -> one.getString("status").equals("RESOLVED")).isPresent();
    }

    Optional<String> id() {
        return found.map(one -> one.getString("id"));
    }

    Optional<JsonObject> facts(Instant fault) {
        return found.map(one -> PlayResult.facts(one, fault));
    }

    String cause() {
        return wanted.mechanism() + "@" + at();
    }

    private String at() {
        var at = wanted.resource();
        return at.namespace().isEmpty()
                ? at.type().kind() + "/" + at.name()
                : at.type().kind() + "/" + at.namespace() + "/" + at.name();
    }

    private Optional<JsonObject> named() {
        return api.incidents().stream()
                .filter(one -> one.getString("cluster").equals(clusterId))
                .filter(one -> one.getString("verdict").equals("ROOT_CAUSE"))
                .filter(one -> one.getString("cause").equals(wanted.mechanism()))
                .filter(one -> one.getString("causeAt").equals(at()))
                .map(one -> api.incident(one.getString("id")))
                .filter(OncePlay::standsAlone)
                .filter(AwaitedIncident::hasOneCause)
                .findFirst();
    }

    private static boolean hasOneCause(JsonObject incident) {
        return incident
                        .getJsonObject("diagnosis")
                        .getJsonArray("hypotheses")
                        .getJsonObject(0)
                        .getJsonArray("causes")
                        .stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> !one.getString("mechanism").equals(Cause.UNKNOWN))
                        .count()
                == 1;
    }

    private void tell(JsonObject incident) {
        var outcome = PlayResult.facts(incident, Instant.EPOCH).getString("outcome", "no fix yet");
        var state = incident.getString("status") + ", " + outcome;
        if (!state.equals(said)) {
            said = state;
            progress.accept(incident.getString("title") + ": " + state.toLowerCase(Locale.ROOT));
        }
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
}
