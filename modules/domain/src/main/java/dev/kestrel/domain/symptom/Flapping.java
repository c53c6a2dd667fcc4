package dev.kestrel.domain.symptom;

/**
 * The last states of a symptom as bits, newest lowest, and how restless they are: the weighted
 * share of changes over twenty steps, as network monitors have long computed it.
 *
 * @param bits a set bit is a bad state
 */
public record Flapping(int bits) {
    static final Flapping CALM = new Flapping(0);

    private static final int STEPS = 20;
    private static final double OLDEST = 0.8;
    private static final double NEWEST = 1.2;
    private static final double ENTER = 0.5;
    private static final double LEAVE = 0.25;

    Flapping push(boolean bad) {
        return new Flapping((bits << 1 | (bad ? 1 : 0)) & ((1 << (STEPS + 1)) - 1));
    }

    double score() {
        var sum = 0.0;
        for (var step = 0; step < STEPS; step++) {
            if ((bits >> step & 1) != (bits >> (step + 1) & 1)) {
                sum += NEWEST - (NEWEST - OLDEST) * step / (STEPS - 1);
            }
        }
        return sum / STEPS;
    }

    boolean isRestless() {
        return score() > ENTER;
    }

    boolean isCalm() {
        return score() < LEAVE;
    }
}
