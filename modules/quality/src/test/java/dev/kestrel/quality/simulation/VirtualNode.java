package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * A process that may die, or stand still for a while. What it was to do then never happens, or
 * late.
 */
final class VirtualNode {
    private final String name;
    private final Timeline timeline;
    private boolean alive = true;
    private Instant frozenUntil = Instant.MIN;

    VirtualNode(String name, Timeline timeline) {
        this.name = name;
        this.timeline = timeline;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
    }

    /** Nothing happens in it for so long; then everything that was due does. */
    void freeze(Duration time) {
        frozenUntil = timeline.instant().plus(time);
    }

    /** Does something later, in this process. */
    void after(Duration delay, Runnable what) {
        timeline.after(delay, () -> here(what));
    }

    private void here(Runnable what) {
        if (!alive) {
            return;
        }
        if (timeline.instant().isBefore(frozenUntil)) {
            timeline.at(frozenUntil, () -> here(what));
        } else {
            what.run();
        }
    }
}
