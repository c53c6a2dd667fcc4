package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Inference;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.visibility.Visibility;
import dev.kestrel.knowledge.Example;
import dev.kestrel.knowledge.yaml.Tree;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Plays one example through the real root cause reasoning. */
public final class ExampleRun {
    private static final Instant NOW = Instant.parse("2040-01-01T12:00:00Z");
    private static final List<String> SOURCES =
            List.of(
                    "watch/Pod",
                    "watch/Service",
                    "watch/EndpointSlice",
                    "watch/Deployment",
                    "watch/ReplicaSet",
                    "watch/StatefulSet",
                    "watch/DaemonSet",
                    "watch/Job",
                    "watch/CronJob",
                    "watch/Node",
                    "watch/NetworkPolicy",
                    "watch/Event",
                    "flows",
                    "logs");

    private ExampleRun() {}

    /**
     * What comes out.
     *
     * @param world objects that are there from the start
     */
    public static Inference of(Example example, List<Tree> world, CausalModel model) {
        return prepare(example, world).infer(model);
    }

    /** An example's cluster and symptoms, to be reasoned about once or often. */
    public record Prepared(List<Symptom> symptoms, Topology topology, Visibility visibility) {
        public Prepared {
            symptoms = List.copyOf(symptoms);
        }

        /** What comes out; always the same. */
        public Inference infer(CausalModel model) {
            return new RootCause().infer(symptoms, List.of(), topology, visibility, model, NOW);
        }
    }

    /** Builds the cluster of an example. */
    public static Prepared prepare(Example example, List<Tree> world) {
        var cluster = new World(NOW);
        cluster.add(world, NOW.minus(Duration.ofDays(1)));
        example.changes().stream()
                .sorted(Comparator.comparing(Example.Changed::before).reversed())
                .forEach(
                        change ->
                                cluster.apply(
                                        ResourceRef.parse(change.object()),
                                        change.set(),
                                        change.by(),
                                        NOW.minus(change.before())));
        example.objects().forEach(object -> cluster.apply(object, "", NOW.minusSeconds(10)));
        var symptoms = example.symptoms().stream().map(ExampleRun::symptom).toList();
        return new Prepared(symptoms, cluster.topology(), allLive());
    }

    private static Visibility allLive() {
        var visibility = new Visibility();
        visibility.connection(true, NOW.minus(Duration.ofDays(1)));
        for (var source : SOURCES) {
            visibility.on(
                    new Signal(
                            NOW.minusSeconds(5),
                            new Observation.SourceReported(
                                    source, Observation.SourceState.LIVE, Duration.ZERO, "")));
        }
        return visibility;
    }

    private static Symptom symptom(Example.Seen seen) {
        var about = ResourceRef.parse(seen.resource());
        var onset = NOW.minus(seen.before());
        return new Symptom(
                new SymptomKey(seen.type(), about),
                Symptom.State.ACTIVE,
                Stage.NONE,
                onset,
                onset,
                NOW,
                seen.bad(),
                seen.all(),
                List.of(
                        new Evidence(
                                "example/" + seen.type() + "/" + about,
                                about,
                                onset,
                                Evidence.Origin.OBJECT,
                                seen.type(),
                                "")));
    }
}
