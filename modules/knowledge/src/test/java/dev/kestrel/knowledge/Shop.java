package dev.kestrel.knowledge;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomChange;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.knowledge.lint.World;
import dev.kestrel.knowledge.yaml.Reader;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The small cluster of the examples, for tests: a shop, its DNS, two nodes. */
public final class Shop {
    public static final Instant START = Instant.parse("2040-01-01T12:00:00Z");
    public static final CausalModel MODEL = KnowledgeReader.bundled().sound();

    private final World world = new World(START);

    public Shop() {
        try {
            var text = PackFiles.bundled().worlds().get("shop");
            world.add(
                    Reader.read("shop", text == null ? "" : text), START.minus(Duration.ofDays(1)));
        } catch (Reader.Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** What the packs declare of a fix. */
    static FixDeclaration fix(String id) {
        return Optional.ofNullable(MODEL.fixes().get(id)).orElseThrow();
    }

    public Topology topology() {
        return world.topology();
    }

    public static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    /** Lays fields, written as YAML, over an object. */
    public Shop change(int second, String ref, String yaml) {
        world.apply(ResourceRef.parse(ref), fields(yaml), "kubectl-edit", at(second));
        return this;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(String yaml) {
        try {
            return (Map<String, Object>) Reader.read("test", yaml).getFirst().plain();
        } catch (Reader.Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** An active symptom, {@code type@Kind/namespace/name}. */
    public static Symptom symptom(String text, int second) {
        return symptom(text, second, Symptom.State.ACTIVE);
    }

    public static Symptom symptom(String text, int second, Symptom.State state) {
        var key = key(text);
        return new Symptom(
                key,
                state,
                Stage.NONE,
                at(second),
                at(second),
                at(second),
                1,
                1,
                List.of(
                        new Evidence(
                                "e/" + text,
                                key.about(),
                                at(second),
                                Evidence.Origin.OBJECT,
                                text,
                                "")));
    }

    public static SymptomKey key(String text) {
        var parts = text.split("@", 2);
        return new SymptomKey(parts[0], ResourceRef.parse(parts[1]));
    }

    public static SymptomChange active(String text, int second) {
        return new SymptomChange(
                symptom(text, second), SymptomChange.Reason.HELD_LONG_ENOUGH, at(second));
    }

    public static SymptomChange cleared(String text, int second) {
        return new SymptomChange(
                symptom(text, second, Symptom.State.CLEARED),
                SymptomChange.Reason.STAYED_GOOD,
                at(second));
    }

    public static SymptomChange voided(String text, int second) {
        return new SymptomChange(
                symptom(text, second, Symptom.State.VOID),
                SymptomChange.Reason.LEVEL_CONTRADICTS,
                at(second));
    }
}
