package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.detection.Detection;
import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.SymptomBook;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.visibility.Visibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything Kestrel knows and concludes about one cluster. Owned by a single writer. A
 * deterministic function of its inputs and their times: the same journal and the same knowledge
 * give the same incidents with the same ids and revisions, which is why a killed owner resumes
 * without losing or repeating one. How often {@link #advance} is called does not matter.
 */
public final class ClusterReasoning {
    private final Topology topology;
    private final Visibility visibility;
    private final SymptomBook symptoms;
    private final Connection connection;
    private final Settling settling = new Settling();
    private final Outstanding outstanding;
    private final Casebook casebook;
    private final List<Effect> told = new ArrayList<>();
    private Instant now;

    private ClusterReasoning(
            ClusterRef cluster,
            Thinking thinking,
            Topology topology,
            Visibility visibility,
            SymptomBook symptoms,
            Instant now) {
        this.topology = topology;
        this.visibility = visibility;
        this.symptoms = symptoms;
        this.now = now;
        connection = new Connection(cluster);
        outstanding = new Outstanding();
        casebook =
                new Casebook(
                        cluster,
                        thinking,
                        new Known(topology, visibility, symptoms, connection),
                        outstanding);
    }

    /** What the cases read and do not own. */
    record Known(
            Topology topology,
            Visibility visibility,
            SymptomBook symptoms,
            Connection connection) {}

    /** For a cluster of which nothing is known. */
    public static ClusterReasoning begin(ClusterRef cluster, Thinking thinking) {
        return new ClusterReasoning(
                cluster,
                thinking,
                new Topology(thinking.limits()),
                new Visibility(),
                new SymptomBook(),
                Instant.EPOCH);
    }

    /** Continues from a checkpoint, as if there had been no interruption. */
    public static ClusterReasoning restore(
            ClusterRef cluster, Thinking thinking, Snapshot snapshot) {
        var restored =
                new ClusterReasoning(
                        cluster,
                        thinking,
                        Topology.restore(snapshot.topology(), thinking.limits()),
                        Visibility.restore(snapshot.visibility()),
                        SymptomBook.restore(snapshot.symptoms()),
                        snapshot.now());
        restored.connection.restore(snapshot.connection());
        restored.settling.restore(snapshot.settling());
        restored.outstanding.restore(snapshot.outstanding());
        restored.casebook.restore(snapshot.cases());
        restored.measure();
        return restored;
    }

    /** State as plain records, for a checkpoint. */
    public record Snapshot(
            Instant now,
            Topology.Snapshot topology,
            Visibility.Snapshot visibility,
            SymptomBook.Snapshot symptoms,
            Connection.State connection,
            Settling.Snapshot settling,
            List<Outstanding.Sent> outstanding,
            Casebook.Snapshot cases) {}

    public Snapshot snapshot() {
        return new Snapshot(
                now,
                topology.snapshot(),
                visibility.snapshot(),
                symptoms.snapshot(),
                connection.state(),
                settling.snapshot(),
                outstanding.snapshot(),
                casebook.snapshot());
    }

    /**
     * Takes an input in and says what the world must be told.
     *
     * @param at when the cloud received it; not before any earlier input
     */
    public List<Effect> on(Input input, Instant at) {
        var effects = new ArrayList<>(advance(at));
        switch (input) {
            case Input.Telemetry telemetry -> onBatch(telemetry.batch());
            case Input.StreamOpened opened -> {
                visibility.connection(true, now);
                absorb(connection.opened(opened, now));
                outstanding.sendAllAgain(now);
                casebook.markAllDirty(now);
            }
            case Input.StreamClosed closed -> {
                absorb(connection.closed(closed, now));
                visibility.connection(connection.state().open(), now);
            }
            case Input.CommandEnded ended ->
                    casebook.onOutcome(ended.commandId(), ended.outcome(), now);
            case Input.WordSpoken spoken ->
                    effects.add(casebook.onWord(spoken.incident(), spoken.word(), now));
            case Input.TimePassed _ -> {}
        }
        effects.addAll(told());
        return effects;
    }

    private void onBatch(Batch batch) {
        connection.heard(now);
        for (var signal : batch.signals()) {
            visibility.on(signal);
            var changes = observe(signal);
            if (!settling.holds(signal, now)) {
                casebook.onChanges(changes, now);
                absorb(Detection.examine(signal, changes, topology));
            }
        }
        // Less is seen than there is: that is told at once, and when it is over.
        if (measure()) {
            connection.changed(now);
        }
    }

    /** Brings to visibility what found no room; says whether it is of other sources than before. */
    private boolean measure() {
        var before = visibility.leftOut();
        var leftOut = new TreeMap<String, Integer>();
        topology.leftOut().forEach((kind, count) -> leftOut.put("watch/" + kind, count));
        before.stream()
                .filter(source -> !leftOut.containsKey(source))
                .forEach(source -> visibility.leftOut(source, 0, 0));
        leftOut.forEach(
                (source, count) -> {
                    var kept = topology.count(source.substring("watch/".length()));
                    visibility.leftOut(source, count, kept);
                });
        return !before.equals(leftOut.keySet());
    }

    /** How often an object found no room since the reasoning began or was restored. */
    public long refusedObjects() {
        return topology.forgotten().getOrDefault("objects", 0L);
    }

    /**
     * The inventory is whole: every object is looked at as it is now, then the events that came
     * meanwhile.
     */
    private void settle() {
        for (var object : topology.snapshot().objects()) {
            topology.revisit(object.ref());
            absorb(
                    Detection.examine(
                            new Signal(now, new Observation.ObjectSeen(object)),
                            List.of(),
                            topology));
        }
        for (var signal : settling.release()) {
            absorb(Detection.examine(signal, List.of(), topology));
        }
    }

    private List<Change> observe(Signal signal) {
        return switch (signal.observation()) {
            case Observation.ObjectSeen seen ->
                    topology.apply(seen.object(), changedAt(seen.object(), signal.observedAt()));
            case Observation.ObjectGone gone ->
                    topology.remove(gone.ref(), gone.uid(), signal.observedAt());
            case Observation.SnapshotBegun begun -> {
                topology.beginSnapshot(begun.kind());
                yield List.of();
            }
            case Observation.SnapshotCompleted completed ->
                    topology.completeSnapshot(completed.kind(), signal.observedAt());
            case Observation.FlowSeen flow -> {
                topology.note(flow);
                yield List.of();
            }
            case Observation.EventReported _,
                    Observation.LogLine _,
                    Observation.SourceReported _,
                    Observation.SignalsShed _ ->
                    List.of();
        };
    }

    /**
     * The API server knows better than the watcher when an object was last written, to the second.
     */
    private static Instant changedAt(KubeObject object, Instant observedAt) {
        return object.managers().stream()
                .filter(manager -> manager.subresource().isEmpty())
                .map(KubeObject.FieldManager::at)
                .filter(at -> at.isAfter(observedAt.minusSeconds(10)) && at.isBefore(observedAt))
                .max(Instant::compareTo)
                .orElse(observedAt);
    }

    private void absorb(List<Sample> samples) {
        for (var sample : samples) {
            casebook.onSymptoms(symptoms.on(sample, topology), now);
        }
    }

    /** Lets time pass: every timer that is due by then acts at its own moment, in order. */
    public List<Effect> advance(Instant until) {
        for (var due = nextDue(); !due.isAfter(until); due = nextDue()) {
            now = due.isAfter(now) ? due : now;
            casebook.onSymptoms(symptoms.advance(now, topology), now);
            absorb(connection.advance(now));
            if (settling.isOver(now)) {
                settle();
                connection.changed(now);
            }
            casebook.advance(now);
            told.addAll(connection.report(visibility, settling.isSettled(), now));
            outstanding.due(now).forEach(command -> told.add(new Effect.Send(command)));
            // Each moment has its own revisions, or a replay in longer steps would number them
            // anew.
            told.addAll(casebook.revisions(now));
        }
        now = until.isAfter(now) ? until : now;
        return told();
    }

    private List<Effect> told() {
        told.addAll(connection.report(visibility, settling.isSettled(), now));
        outstanding.due(now).forEach(command -> told.add(new Effect.Send(command)));
        told.addAll(casebook.revisions(now));
        var all = List.copyOf(told);
        told.clear();
        return all;
    }

    /** When a timer is due next; {@link Instant#MAX} for never. */
    public Instant nextDue() {
        var due = symptoms.nextDue().orElse(Instant.MAX);
        for (var other :
                List.of(
                        settling.nextDue(),
                        connection.nextDue(),
                        casebook.nextDue(),
                        outstanding.nextDue())) {
            due = other.isBefore(due) ? other : due;
        }
        return due;
    }
}
