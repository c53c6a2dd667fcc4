package dev.kestrel.protocol;

import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Signals that no cluster would send, but every codec must carry. */
public final class RandomSignals {
    private static final String LETTERS = "abcXYZ019-._/ \"\\\n\t\u0001äß漢🦅";

    private final Random random;

    public RandomSignals(long seed) {
        this.random = new Random(seed);
    }

    public Batch batch() {
        return new Batch(
                "boot-" + random.nextInt(9),
                1 + random.nextInt(1_000_000),
                Stream.generate(this::signal).limit(random.nextInt(8)).toList());
    }

    private Signal signal() {
        return new Signal(instant(), observation());
    }

    private Observation observation() {
        return switch (random.nextInt(9)) {
            case 0 -> new Observation.ObjectSeen(object());
            case 1 -> new Observation.ObjectGone(ref(), text());
            case 2 -> new Observation.SnapshotBegun(name());
            case 3 -> new Observation.SnapshotCompleted(name(), random.nextInt(9999));
            case 4 ->
                    new Observation.EventReported(
                            ref(),
                            text(),
                            text(),
                            random.nextBoolean(),
                            text(),
                            text(),
                            random.nextInt(Integer.MAX_VALUE),
                            instant(),
                            instant(),
                            text());
            case 5 ->
                    new Observation.LogLine(
                            new ResourceRef("Pod", part(name()), part(name())),
                            text(),
                            random.nextBoolean(),
                            text());
            case 6 ->
                    new Observation.SourceReported(
                            name(),
                            List.of(Observation.SourceState.values()).get(random.nextInt(4)),
                            Duration.ofMillis(random.nextInt(99_999)),
                            text());
            case 7 ->
                    new Observation.FlowSeen(
                            end(),
                            end(),
                            name(),
                            random.nextInt(65_536),
                            List.of(Direction.values()).get(random.nextInt(2)),
                            List.of(Observation.FlowVerdict.values()).get(random.nextInt(3)),
                            text(),
                            Stream.generate(this::ref).limit(random.nextInt(3)).toList(),
                            1 + random.nextInt(999),
                            instant(),
                            instant());
            default -> new Observation.SignalsShed(name(), random.nextInt(999), text());
        };
    }

    private Observation.FlowEnd end() {
        return new Observation.FlowEnd(text(), text(), text());
    }

    private KubeObject object() {
        var managers =
                Stream.generate(
                                () ->
                                        new KubeObject.FieldManager(
                                                text(), text(), instant(), text()))
                        .limit(random.nextInt(3))
                        .toList();
        return new KubeObject(ref(), text(), text(), name(), Fields.of(map(4)), managers);
    }

    private Map<String, Object> map(int depth) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text() + i, tree(depth - 1));
        }
        return map;
    }

    private Object tree(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> text();
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> random.nextInt(1000) + 0.5;
            case 4 -> map(depth);
            default -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(tree(depth - 1));
                }
                yield list;
            }
        };
    }

    private ResourceRef ref() {
        return new ResourceRef(part(name()), part(text()), part(name()));
    }

    private static String part(String text) {
        return text.replace('/', '-');
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000));
    }

    private String name() {
        return "n" + text();
    }

    private String text() {
        var points = LETTERS.codePoints().toArray();
        return IntStream.range(0, random.nextInt(12))
                .map(i -> points[random.nextInt(points.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
