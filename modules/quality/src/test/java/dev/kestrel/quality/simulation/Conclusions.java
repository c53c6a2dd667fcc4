package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.Effect;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every revision of every incident that was told of, as JSON. */
public final class Conclusions {
    private static final int CONTEXT = 200;

    private final SortedMap<String, SortedMap<Long, String>> incidents = new TreeMap<>();

    /** Keeps every revision among the effects. */
    public void add(List<Effect> effects) {
        for (var effect : effects) {
            if (effect instanceof Effect.IncidentRevised revised) {
                var incident = revised.incident();
                add(incident.id(), incident.revision(), SealedJson.text(incident));
            }
        }
    }

    /** Keeps a revision; told again, it must be the same. */
    void add(String id, long revision, String json) {
        var before = incidents.computeIfAbsent(id, _ -> new TreeMap<>()).put(revision, json);
        if (before != null) {
            mustBeSame(id, revision, before, json);
        }
    }

    /** Revisions of one incident; empty for an unknown one. */
    SortedMap<Long, String> of(String id) {
        return incidents.getOrDefault(id, Collections.emptySortedMap());
    }

    /** Ids of all incidents. */
    List<String> ids() {
        return List.copyOf(incidents.keySet());
    }

    /** The same incidents with the same revisions. */
    public void mustBe(Conclusions expected) {
        mustBeSame("the incidents", 0, expected.ids().toString(), ids().toString());
        mustBeAmong(expected);
        for (var id : ids()) {
            mustBeSame(id, 0, expected.of(id).keySet().toString(), of(id).keySet().toString());
        }
    }

    /** Nothing here was never concluded there. */
    void mustBeAmong(Conclusions expected) {
        incidents.forEach(
                (id, revisions) ->
                        revisions.forEach(
                                (revision, json) ->
                                        mustBeSame(
                                                id,
                                                revision,
                                                expected.of(id).getOrDefault(revision, "nothing"),
                                                json)));
    }

    private static void mustBeSame(String id, long revision, String expected, String actual) {
        if (expected.equals(actual)) {
            return;
        }
        var at = 0;
        while (at < Math.min(expected.length(), actual.length())
                && expected.charAt(at) == actual.charAt(at)) {
            at++;
        }
        throw new AssertionError(
                "%s, revision %d%nexpected: %s%nbut was:  %s"
                        .formatted(id, revision, around(expected, at), around(actual, at)));
    }

    private static String around(String text, int at) {
        return "…"
                + text.substring(Math.max(0, at - CONTEXT), Math.min(text.length(), at + CONTEXT));
    }
}
