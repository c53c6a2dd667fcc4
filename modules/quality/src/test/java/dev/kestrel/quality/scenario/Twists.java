package dev.kestrel.quality.scenario;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Signals of a real story with one thing or another in them that no API server would say. */
final class Twists {
    private static final List<Object> ODD =
            List.of(
                    "",
                    "x",
                    -1L,
                    0L,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    1e300,
                    true,
                    List.of(),
                    Map.of(),
                    List.of(List.of()),
                    "99999999999999999999",
                    "-5Gi",
                    "1e99",
                    "9999-12-31T23:59:59Z",
                    "0001-01-01T00:00:00Z",
                    "not a time",
                    "a/b/c/d",
                    "\ud83e\udd85".repeat(200),
                    "(".repeat(2000),
                    Map.of("matchExpressions", List.of(Map.of("operator", "In", "key", "a"))),
                    List.of("x", 1L, Map.of("name", 5L)));

    private final RandomGenerator random;
    private final List<Signal> all;

    Twists(List<Signal> all, RandomGenerator random) {
        this.all = all;
        this.random = random;
    }

    /** One of the signals, twisted. */
    Signal next() {
        var signal = all.get(random.nextInt(all.size()));
        var late = signal.observedAt().plus(Duration.ofSeconds(random.nextInt(-3600, 3600)));
        return new Signal(
                random.nextInt(8) == 0 ? late : signal.observedAt(),
                switch (signal.observation()) {
                    case Observation.ObjectSeen seen ->
                            new Observation.ObjectSeen(twisted(seen.object()));
                    case Observation.EventReported event ->
                            new Observation.EventReported(
                                    twisted(event.about()),
                                    event.aboutUid(),
                                    text(event.fieldPath()),
                                    event.warning(),
                                    event.reason(),
                                    text(event.message()),
                                    number(event.count()),
                                    event.firstAt(),
                                    event.lastAt(),
                                    event.reporter());
                    case Observation.LogLine line ->
                            new Observation.LogLine(
                                    line.pod(),
                                    line.container(),
                                    line.previous(),
                                    text(line.text()));
                    case Observation.SourceReported report ->
                            new Observation.SourceReported(
                                    report.source(),
                                    report.state(),
                                    Duration.ofMillis(Math.abs(random.nextLong() / 2)),
                                    text(report.detail()));
                    case Observation.ObjectGone gone ->
                            new Observation.ObjectGone(twisted(gone.ref()), gone.uid());
                    case Observation.FlowSeen flow -> twisted(flow);
                    case Observation.SnapshotBegun _,
                            Observation.SnapshotCompleted _,
                            Observation.SignalsShed _ ->
                            new Observation.SignalsShed("logs", Long.MAX_VALUE, "rate_limit");
                });
    }

    private Observation twisted(Observation.FlowSeen flow) {
        return new Observation.FlowSeen(
                random.nextInt(4) == 0 ? flow.to() : flow.from(),
                random.nextInt(4) == 0
                        ? new Observation.FlowEnd("", "", text(flow.to().address()))
                        : flow.to(),
                text(flow.protocol()),
                random.nextInt(4) == 0 ? 65_535 : flow.port(),
                flow.direction(),
                flow.verdict(),
                text(flow.reason()),
                flow.policies().stream().map(this::twisted).toList(),
                random.nextInt(4) == 0 ? Long.MAX_VALUE : flow.count(),
                flow.lastAt(),
                flow.lastAt().minusSeconds(random.nextInt(60)));
    }

    private KubeObject twisted(KubeObject object) {
        var tree = object.fields().tree().orElseThrow();
        for (int i = random.nextInt(4); i >= 0; i--) {
            tree = twisted(tree, object.ref(), "");
        }
        return new KubeObject(
                random.nextInt(12) == 0 ? twisted(object.ref()) : object.ref(),
                object.uid(),
                object.resourceVersion(),
                object.apiVersion(),
                tree instanceof Map ? Fields.of(tree) : object.fields(),
                object.managers());
    }

    private ResourceRef twisted(ResourceRef ref) {
        return switch (random.nextInt(4)) {
            case 0 -> new ResourceRef(ref.kind(), "", ref.name());
            case 1 -> new ResourceRef(ref.kind(), ref.namespace(), "\u0001 @{}/" + ref.name());
            case 2 -> new ResourceRef("Node", ref.namespace(), ref.name());
            default -> ref;
        };
    }

    /** Goes down at random, and twists what it comes to. */
    private Object twisted(Object here, ResourceRef ref, String key) {
        if (key.equals("metadata") && random.nextInt(3) == 0) {
            return ownedByItself(here, ref);
        }
        var deeper = random.nextInt(6) > 0;
        if (deeper && here instanceof Map<?, ?> map && !map.isEmpty()) {
            var keys = List.copyOf(map.keySet());
            var chosen = String.valueOf(keys.get(random.nextInt(keys.size())));
            var copy = new LinkedHashMap<Object, Object>(map);
            copy.put(chosen, twisted(Objects.requireNonNull(map.get(chosen)), ref, chosen));
            return copy;
        }
        if (deeper && here instanceof List<?> list && !list.isEmpty()) {
            var copy = new ArrayList<Object>(list);
            var at = random.nextInt(list.size());
            copy.set(at, twisted(list.get(at), ref, key));
            if (random.nextInt(4) == 0) {
                copy.addAll(list);
            }
            return copy;
        }
        return ODD.get(random.nextInt(ODD.size()));
    }

    private static Object ownedByItself(Object metadata, ResourceRef ref) {
        var copy = new LinkedHashMap<Object, Object>();
        if (metadata instanceof Map<?, ?> map) {
            copy.putAll(map);
        }
        copy.put(
                "ownerReferences",
                List.of(
                        Map.of(
                                "kind",
                                ref.kind(),
                                "name",
                                ref.name(),
                                "apiVersion",
                                "apps/v1",
                                "uid",
                                "x",
                                "controller",
                                true)));
        return copy;
    }

    private String text(String text) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> text.repeat(1 + 900 / (1 + text.length()));
            case 2 -> text.substring(text.length() / 2);
            case 3 -> text.replaceAll("[0-9]+", "99999999999999999999");
            case 4 -> "(" + text + " \u0001\ud83e\udd85 %s {} $1 \\";
            default -> text;
        };
    }

    private int number(int number) {
        return random.nextInt(5) == 0 ? Integer.MAX_VALUE : number;
    }
}
