package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The one queue of events and the clock that they drive; all chance comes from its seed. */
public final class Timeline implements InstantSource {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private final SplittableRandom random;
    private Instant now;
    private long order;
    private String broken = "";

    private record Event(Instant at, long order, Runnable what) {}

    public Timeline(Instant start, long seed) {
        now = start;
        random = new SplittableRandom(seed);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets something happen at a moment; at once when that is over. */
    public void at(Instant at, Runnable what) {
        events.add(new Event(at.isBefore(now) ? now : at, order++, what));
    }

    /** Lets something happen a while from now. */
    public void after(Duration delay, Runnable what) {
        at(now.plus(delay), what);
    }

    /** Lets everything happen up to a moment. */
    public void run(Instant until) {
        while (!events.isEmpty() && !events.element().at().isAfter(until)) {
            var next = events.remove();
            now = next.at();
            next.what().run();
            if (!broken.isEmpty()) {
                throw new AssertionError(now + ": " + broken);
            }
        }
        now = until;
    }

    /**
     * Something happened that never may: the run ends after this event. An exception alone would
     * not do, because futures keep them.
     */
    void broken(String what) {
        broken = broken.isEmpty() ? what : broken;
    }

    RandomGenerator random() {
        return random;
    }

    /** True with the given probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** One of {@code count}, from 0. */
    public int pick(int count) {
        return random.nextInt(count);
    }

    /** A time between the two, in milliseconds. */
    public Duration between(int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most + 1));
    }
}
