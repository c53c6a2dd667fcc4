package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.visibility.Source;
import dev.kestrel.domain.visibility.Visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the operator's stream: whether it is up, what the operator may do, and when its
 * absence becomes a symptom.
 */
final class Connection {
    private static final String VISIBILITY_LOST = "visibility.lost";

    /** A restart of the operator or of a node takes a few seconds; half a minute is not that. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    private final ResourceRef cluster;
    private State state =
            new State(
                    new Input.StreamOpened("", "", "", "", false, List.of(), List.of()),
                    false,
                    Instant.EPOCH,
                    Instant.MAX,
                    Instant.MAX);

    /**
     * @param lostAt when a closed stream becomes a symptom; {@link Instant#MAX} for never
     * @param reportAt when health is reported next; {@link Instant#MAX} while there is no news
     */
    record State(
            Input.StreamOpened hello,
            boolean open,
            Instant heardAt,
            Instant lostAt,
            Instant reportAt) {}

    Connection(ClusterRef ref) {
        cluster = ResourceRef.ofCluster("Cluster", ref.cluster());
    }

    List<Sample> opened(Input.StreamOpened hello, Instant now) {
        state = new State(hello, true, now, Instant.MAX, now);
        return List.of(sample(false, now, "the operator is connected"));
    }

    /**
     * A silent stream is a symptom at once; one that was closed gets the time to come back. A
     * stream that was replaced is none.
     */
    List<Sample> closed(Input.StreamClosed closed, Instant now) {
        if (!state.open() || !closed.streamId().equals(state.hello().streamId())) {
            return List.of();
        }
        var lostAt = closed.silent() ? Instant.MAX : now.plus(GRACE);
        state = new State(state.hello(), false, state.heardAt(), lostAt, now);
        return closed.silent()
                ? List.of(
                        sample(
                                true,
                                now,
                                "nothing was heard from the operator since " + state.heardAt()))
                : List.of();
    }

    void heard(Instant now) {
        state =
                new State(
                        state.hello(),
                        state.open(),
                        now,
                        state.lostAt(),
                        earliest(state.reportAt(), now.plus(REPORT_EVERY)));
    }

    List<Sample> advance(Instant now) {
        if (state.lostAt().isAfter(now)) {
            return List.of();
        }
        state =
                new State(
                        state.hello(),
                        state.open(),
                        state.heardAt(),
                        Instant.MAX,
                        state.reportAt());
        return List.of(sample(true, now, "the operator's stream ended and did not come back"));
    }

    /** Something about the cluster's health is news at once. */
    void changed(Instant now) {
        state =
                new State(
                        state.hello(),
                        state.open(),
                        state.heardAt(),
                        state.lostAt(),
                        earliest(state.reportAt(), now));
    }

    /** Health where it is due and news; else nothing. */
    List<Effect> report(Visibility visibility, boolean settled, Instant now) {
        if (state.reportAt().isAfter(now)) {
            return List.of();
        }
        var blind = new ArrayList<>(visibility.blind(now));
        if (!settled) {
            blind.addFirst(
                    "The first inventory is still arriving; nothing is judged before it is whole.");
        }
        var health =
                new Clusters.Health(
                        state.open(),
                        state.heardAt(),
                        state.hello().operatorVersion(),
                        state.hello().kubernetesVersion(),
                        state.hello().writeEnabled(),
                        visibility.overall(now),
                        CanonicalJson.write(
                                Fields.of(
                                        Map.of(
                                                "sources",
                                                visibility.sources().stream()
                                                        .map(Connection::json)
                                                        .toList(),
                                                "blind",
                                                blind,
                                                "settled",
                                                settled,
                                                "writeNamespaces",
                                                state.hello().writeNamespaces(),
                                                "writeKinds",
                                                state.hello().writeKinds()))));
        state =
                new State(
                        state.hello(), state.open(), state.heardAt(), state.lostAt(), Instant.MAX);
        return List.of(new Effect.HealthChanged(health));
    }

    /** Whether the operator would apply this at all; it checks again itself. */
    boolean mayWrite(Manifest manifest) {
        return state.hello().writeEnabled()
                && state.hello().writeNamespaces().contains(manifest.target().namespace())
                && state.hello().writeKinds().contains(manifest.target().kind());
    }

    Instant nextDue() {
        return earliest(state.lostAt(), state.reportAt());
    }

    State state() {
        return state;
    }

    void restore(State snapshot) {
        state = snapshot;
    }

    private static Map<String, Object> json(Source source) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", source.name());
        json.put("state", source.state().name());
        json.put("stalenessMillis", source.staleness().toMillis());
        json.put("detail", source.detail());
        json.put("shed", source.shed());
        return json;
    }

    private Sample sample(boolean bad, Instant now, String summary) {
        var evidence =
                new Evidence(
                        VISIBILITY_LOST + "/" + now.toEpochMilli(),
                        cluster,
                        now,
                        Evidence.Origin.ANALYSIS,
                        summary,
                        "");
        return new Sample(
                new SymptomKey(VISIBILITY_LOST, cluster),
                cluster,
                now,
                bad,
                Sample.Kind.LEVEL,
                Stage.NONE,
                "",
                bad ? List.of(evidence) : List.of());
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
