package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.SymptomKey;

import java.util.Comparator;

/**
 * A node of an instantiated causal graph: a state, or a cause, of one resource.
 *
 * @param cause a mechanism and not a state
 */
record StateAt(boolean cause, String id, ResourceRef at) implements Comparable<StateAt> {
    private static final Comparator<StateAt> ORDER =
            Comparator.comparing(StateAt::cause)
                    .reversed()
                    .thenComparing(StateAt::id)
                    .thenComparing(StateAt::at);

    static StateAt of(Cause cause) {
        return new StateAt(true, cause.mechanism(), cause.at());
    }

    static StateAt of(SymptomKey symptom) {
        return new StateAt(false, symptom.type(), symptom.about());
    }

    SymptomKey key() {
        return new SymptomKey(id, at);
    }

    @Override
    public int compareTo(StateAt other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return id + "@" + at;
    }
}
