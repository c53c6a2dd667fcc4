package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What everything in a run shares.
 *
 * @param trouble whether faults may still happen
 */
record World(Timeline timeline, Network network, Chronicle chronicle, BooleanSupplier trouble) {
    /** Something that may happen while there is trouble. */
    boolean chance(double probability) {
        return trouble.getAsBoolean() && timeline.chance(probability);
    }

    /** Usual time on the way, and now and then much more. */
    Duration latency() {
        var usual = timeline.between(1, 30);
        if (!chance(0.02)) {
            return usual;
        }
        chronicle.count(Happening.MESSAGE_LATE);
        return usual.plus(timeline.between(500, 4_000));
    }
}
