package dev.kestrel.domain.symptom;

import java.time.Duration;

/** Decides whether what was seen of a symptom is enough to believe it now. */
final class Belief {
    private final Lives lives;
    private final Passages passages;

    Belief(Lives lives, Passages passages) {
        this.lives = lives;
        this.passages = passages;
    }

    static Windows windows(Life life) {
        return SymptomDefaults.of(life.key.type());
    }

    /** A level is what it is; an edge must be seen often and long enough, and its level agree. */
    boolean isBelievable(Life life) {
        var windows = windows(life);
        if (!life.isEdge()) {
            return true;
        }
        var spread = windows.hits() > 1 ? windows.pend() : Duration.ZERO;
        return life.hits >= windows.hits()
                && !life.lastSeen.isBefore(life.onsetLatest.plus(spread))
                && agrees(life)
                && !isPassed(life);
    }

    /** Whether the level that could contradict an edge is bad for an instance that shows it. */
    boolean agrees(Life edge) {
        var type = windows(edge).contradictedBy();
        return type.isEmpty()
                || lives.find(type, edge.key.about())
                        .filter(level -> !level.isOver())
                        .filter(level -> stands(level, edge))
                        .isPresent();
    }

    private static boolean stands(Life level, Life edge) {
        return level.state == Symptom.State.CLEARING
                || level.bad.keySet().stream().anyMatch(edge.bad::containsKey);
    }

    /** Whether each instance that showed it belongs to a template that has got farther since. */
    boolean isPassed(Life life) {
        return life.isEdge()
                && life.stage != Stage.NONE
                && windows(life).patience() != Windows.Patience.RESTARTING
                && !life.bad.isEmpty()
                && life.bad.values().stream().allMatch(sighting -> isPassed(life, sighting));
    }

    private boolean isPassed(Life life, SymptomBook.Sighting sighting) {
        return passages.isPassed(life.key.about(), sighting.template(), life.stage, sighting.at());
    }
}
