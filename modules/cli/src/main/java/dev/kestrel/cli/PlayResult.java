package dev.kestrel.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How a scenario ended that was played without a person.
 *
 * @param problem what was not as the scenario expects; empty when all was
 */
record PlayResult(String scenario, JsonObject facts, String problem) {
    static final String AS_EXPECTED = "";
    private static final Set<String> LIVE = Set.of("ACTIVE", "FLAPPING", "CLEARING");

    boolean isAsExpected() {
        return problem.isEmpty();
    }

    JsonObject json() {
        var json = new JsonObject().put("scenario", scenario).mergeIn(facts);
        return isAsExpected()
                ? json.put("asExpected", true)
                : json.put("asExpected", false).put("problem", problem);
    }

    /** The facts of an incident as the API told them. */
    static JsonObject facts(JsonObject incident, Instant fault) {
        var diagnosis = incident.getJsonObject("diagnosis");
        var hypotheses = diagnosis.getJsonArray("hypotheses", new JsonArray());
        var facts =
                new JsonObject().put("detected_ms", millis(fault, incident.getString("openedAt")));
        if (!hypotheses.isEmpty()) {
            var best = hypotheses.getJsonObject(0);
            var cause = best.getJsonArray("causes").getJsonObject(0);
            facts.put(
                    "cause",
                    new JsonObject()
                            .put("mechanism", cause.getString("mechanism"))
                            .put("resource", cause.getJsonObject("at"))
                            .put("status", best.getString("status"))
                            .put("verdict", diagnosis.getString("verdict"))
                            .put("confidence", best.getDouble("probability")));
            facts.put("chain", chain(best));
        }
        incident.getJsonArray("remediations").stream()
                .map(JsonObject.class::cast)
                .reduce((earlier, later) -> isVerified(earlier) ? earlier : later)
                .ifPresent(
                        last -> {
                            facts.put("fix", fix(last.getJsonObject("plan")));
                            facts.put("outcome", last.getString("phase"));
                        });
        var resolved = Instant.parse(incident.getString("resolvedAt"));
        if (resolved.isAfter(Instant.EPOCH)) {
            facts.put("resolved_ms", Duration.between(fault, resolved).toMillis());
        }
        return facts.put("live", live(incident));
    }

    /** Others that were offered beside the one that helped are withdrawn with it. */
    private static boolean isVerified(JsonObject remediation) {
        return remediation.getString("phase").equals("VERIFIED");
    }

    private static JsonArray live(JsonObject incident) {
        var live = new JsonArray();
        incident.getJsonArray("symptoms").stream()
                .map(JsonObject.class::cast)
                .filter(one -> LIVE.contains(one.getString("state")))
                .map(one -> one.getJsonObject("key"))
                .map(key -> key.getString("type") + "@" + resource(key.getJsonObject("about")))
                .forEach(live::add);
        return live;
    }

    private static String resource(JsonObject at) {
        var namespace = at.getString("namespace");
        return at.getString("kind")
                + (namespace.isEmpty() ? "/" : "/" + namespace + "/")
                + at.getString("name");
    }

    private static JsonArray chain(JsonObject hypothesis) {
        var chain = new JsonArray();
        hypothesis.getJsonArray("chain").stream()
                .map(JsonObject.class::cast)
                .map(hop -> hop.getString("rule") + " [" + hop.getString("status") + "]")
                .forEach(chain::add);
        return chain;
    }

    private static JsonObject fix(JsonObject plan) {
        return new JsonObject()
                .put("kind", plan.getString("template"))
                .put("target", plan.getJsonObject("manifest").getJsonObject("target"))
                .put("risk", plan.getInteger("risk"));
    }

    private static long millis(Instant fault, String at) {
        return Duration.between(fault, Instant.parse(at)).toMillis();
    }
}
