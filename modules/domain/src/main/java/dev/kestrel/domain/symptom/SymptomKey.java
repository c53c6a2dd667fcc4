package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.Comparator;

/**
 * What is abnormal, where. The resource is the logical one: the workload and not its pod, so that
 * replicas fold into one symptom and pod churn does not matter.
 *
 * @param type id of an observable state in the knowledge, for example {@code container.oom_killed}
 */
public record SymptomKey(String type, ResourceRef about) implements Comparable<SymptomKey> {
    private static final Comparator<SymptomKey> ORDER =
            Comparator.comparing(SymptomKey::type).thenComparing(SymptomKey::about);

    @Override
    public int compareTo(SymptomKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + "@" + about;
    }
}
