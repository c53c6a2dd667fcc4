package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.SymptomBook.Reached;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How far the pods of each template got, and when: what stopped an earlier stage is dead evidence
 * once an instance of the same template has passed it. A sample's stage is a proof: a raising one
 * of where the instance is stuck, a clearing one of what it reached.
 */
final class Passages {
    private final int limit;
    private final LinkedHashMap<Stop, Reached> reached = new LinkedHashMap<>();

    private record Stop(ResourceRef workload, String template, Stage stage) {}

    Passages(int limit) {
        this.limit = limit;
    }

    void note(Sample sample) {
        if (!sample.template().isEmpty() && sample.stage() != Stage.NONE) {
            put(new Reached(sample.key().about(), sample.template(), sample.stage(), sample.at()));
        }
    }

    private void put(Reached fresh) {
        var stop = new Stop(fresh.workload(), fresh.template(), fresh.stage());
        var before = reached.remove(stop);
        reached.put(stop, before != null && before.at().isAfter(fresh.at()) ? before : fresh);
        while (reached.size() > limit) {
            reached.pollFirstEntry();
        }
    }

    /** Whether an instance of the template was seen beyond the stage, not before that moment. */
    boolean isPassed(ResourceRef workload, String template, Stage stage, Instant since) {
        for (var later : Stage.values()) {
            var there = reached.get(new Stop(workload, template, later));
            if (later != Stage.NONE
                    && later.compareTo(stage) > 0
                    && there != null
                    && !there.at().isBefore(since)) {
                return true;
            }
        }
        return false;
    }

    List<Reached> reached() {
        return List.copyOf(reached.values());
    }

    void restore(List<Reached> saved) {
        saved.forEach(this::put);
    }
}
