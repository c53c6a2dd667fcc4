package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A process that may die, stand still for a while, or have a clock of its own. What it was to do
 * while it stood still it does late, and does not know.
 */
final class VirtualNode {
    private final String name;
    private final Timeline timeline;
    private boolean alive = true;
    private Instant frozenUntil = Instant.MIN;
    private Duration skew = Duration.ZERO;

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

    /** Its clock is ahead by so much from now on; behind where negative. */
    void skew(Duration ahead) {
        skew = ahead;
    }

    /** The time as this process sees it. */
    InstantSource clock() {
        return () -> timeline.instant().plus(skew);
    }

    /** Does something later, in this process. */
    void after(Duration delay, Runnable what) {
        timeline.after(delay, () -> here(what));
    }

    /** Does something at a moment, in this process. */
    void at(Instant moment, Runnable what) {
        timeline.at(moment, () -> here(what));
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
