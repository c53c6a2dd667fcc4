package dev.kestrel.domain.symptom;

import dev.kestrel.domain.symptom.SymptomBook.Good;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** When each symptom was last known to be absent, for as many as the limit allows. */
final class Recollection {
    private final int limit;
    private final LinkedHashMap<SymptomKey, Instant> good = new LinkedHashMap<>();

    Recollection(int limit) {
        this.limit = limit;
    }

    void note(SymptomKey key, Instant at) {
        var before = good.remove(key);
        good.put(key, before != null && before.isAfter(at) ? before : at);
        while (good.size() > limit) {
            good.pollFirstEntry();
        }
    }

    Optional<Instant> last(SymptomKey key) {
        return Optional.ofNullable(good.get(key));
    }

    List<Good> all() {
        return good.entrySet().stream()
                .map(entry -> new Good(entry.getKey(), entry.getValue()))
                .toList();
    }

    void restore(List<Good> saved) {
        saved.forEach(each -> good.put(each.key(), each.at()));
    }
}
