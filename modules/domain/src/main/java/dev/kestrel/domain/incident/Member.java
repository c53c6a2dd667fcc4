package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.Anchor;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A symptom as correlation sees it.
 *
 * @param live neither over nor void
 * @param impact users of the cluster feel it
 * @param explained the cause found for its incident explains it
 * @param anchors possible causes, as they were when it became active
 */
public record Member(
        SymptomKey key,
        boolean live,
        boolean impact,
        boolean explained,
        Instant onsetEarliest,
        Instant onsetLatest,
        List<Anchor> anchors) {
    public Member {
        anchors = List.copyOf(anchors);
    }

    Member over() {
        return new Member(key, false, impact, explained, onsetEarliest, onsetLatest, anchors);
    }

    Member explained(boolean byCause) {
        return new Member(key, live, impact, byCause, onsetEarliest, onsetLatest, anchors);
    }

    /** Active again, with a new onset. */
    Member again(Symptom symptom) {
        return new Member(
                key, true, impact, false, symptom.onsetEarliest(), symptom.onsetLatest(), anchors);
    }

    Optional<Anchor> anchor(Cause cause) {
        return anchors.stream().filter(anchor -> anchor.cause().equals(cause)).findFirst();
    }
}
