package dev.kestrel.simulator.scenario;

import dev.kestrel.simulator.resource.ResourceKey;

import java.time.Duration;
import java.util.List;

/**
 * A cluster, what is done to it and when, and what is expected of whoever watches it.
 *
 * @param story one sentence for a person: who does what and why
 * @param faults names of the scenarios whose faults happen in it; its own where it is not made of
 *     others
 */
public record Scenario(
        String name,
        String title,
        String story,
        List<String> faults,
        Baseline base,
        List<Step> steps,
        Expected expected) {

    public Scenario {
        faults = List.copyOf(faults);
        steps = List.copyOf(steps);
    }

    /**
     * One thing done.
     *
     * @param at counted from the moment the cluster has settled
     */
    public record Step(Duration at, Action action) {}

    /** What is expected of a diagnosis. */
    public sealed interface Expected {
        /** No incident at all, however long one watches. */
        record Healthy(Duration lasts) implements Expected {}

        /**
         * Something happens that looks like a known cause and is not. There may be an incident, but
         * that cause must never be called its root cause.
         *
         * @param not id of the cause that it is not, such as {@code image.not_found}
         */
        record NearMiss(String not, Duration lasts) implements Expected {}

        /** One incident for each fault, and none beside them. */
        record Incidents(List<Incident> each) implements Expected {
            public Incidents {
                each = List.copyOf(each);
            }

            /** From the first fault to the last diagnosis, at most. */
            public Duration within() {
                return each.stream()
                        .map(Incident::within)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
            }
        }

        /**
         * An incident with this cause and no other.
         *
         * @param mechanism id of the cause, such as {@code image.not_found}
         * @param within from the first fault to the diagnosis, at most
         * @param effect what must hold once the fix has worked
         */
        record Incident(
                String mechanism, ResourceKey resource, Duration within, List<Effect> effect) {
            public Incident {
                effect = List.copyOf(effect);
            }
        }
    }
}
