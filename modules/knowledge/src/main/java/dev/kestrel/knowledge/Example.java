package dev.kestrel.knowledge;

import dev.kestrel.knowledge.yaml.Place;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A case that the knowledge must get right: a small cluster, what changed, what is abnormal, and
 * what should come out.
 *
 * @param world file of objects that are there from the start, below {@code worlds/}
 * @param objects merged over the world's: the state at the time of the symptoms
 */
public record Example(
        String name,
        String world,
        List<Map<String, Object>> objects,
        List<Changed> changes,
        List<Seen> symptoms,
        Expected expected) {
    public Example {
        objects = List.copyOf(objects);
        changes = List.copyOf(changes);
        symptoms = List.copyOf(symptoms);
    }

    /**
     * Somebody changed an object.
     *
     * @param before now
     * @param set merged over the object; null removes a field
     */
    public record Changed(
            Place place, String object, Duration before, String by, Map<String, Object> set) {}

    /**
     * A symptom that is active.
     *
     * @param before now, its onset
     */
    public record Seen(
            Place place, String type, String resource, Duration before, int bad, int all) {}

    /**
     * What should come out. Empty texts expect nothing.
     *
     * @param top {@code mechanism@Kind/namespace/name}
     * @param notTop mechanism that must not be named first
     * @param through state that the chain must lead through
     * @param atLeast probability of the top
     */
    public record Expected(
            String top,
            String notTop,
            String verdict,
            String status,
            String through,
            double atLeast) {
        /** Shows that a mechanism is found; the others show that it is not answered by default. */
        boolean isPositive() {
            return !top.isEmpty();
        }
    }
}
