package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.SymptomBook.Learnt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** How long the pods of each workload took to become ready, learnt from those that did. */
final class Startups {
    private static final int KEPT = 16;
    private static final double SLOW = 0.95;
    private static final double MARGIN = 1.5;

    private final int limit;
    private final LinkedHashMap<ResourceRef, List<Duration>> learnt = new LinkedHashMap<>();

    Startups(int limit) {
        this.limit = limit;
    }

    void learn(ResourceRef workload, Duration took) {
        var before = learnt.remove(workload);
        var times = new ArrayList<Duration>(before == null ? List.of() : before);
        times.add(took);
        learnt.put(
                workload,
                List.copyOf(times.subList(Math.max(0, times.size() - KEPT), times.size())));
        while (learnt.size() > limit) {
            learnt.pollFirstEntry();
        }
    }

    /** One and a half times what the slow ones took; the default while none was seen to start. */
    Duration allowance(ResourceRef workload) {
        var times = learnt.getOrDefault(workload, List.of()).stream().sorted().toList();
        if (times.isEmpty()) {
            return SymptomDefaults.STARTUP;
        }
        var slow = times.get((int) Math.ceil(SLOW * times.size()) - 1);
        var allowed = Duration.ofMillis(Math.round(slow.toMillis() * MARGIN));
        return allowed.compareTo(SymptomDefaults.STARTUP_FLOOR) > 0
                ? allowed
                : SymptomDefaults.STARTUP_FLOOR;
    }

    List<Learnt> learnt() {
        return learnt.entrySet().stream()
                .map(entry -> new Learnt(entry.getKey(), entry.getValue()))
                .toList();
    }

    void restore(List<Learnt> saved) {
        saved.forEach(each -> learnt.put(each.workload(), each.times()));
    }
}
