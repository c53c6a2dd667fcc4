package dev.kestrel.domain.incident;

import java.time.Duration;

/**
 * The numbers that correlation runs on, all in one place.
 *
 * @param attach score from which a symptom joins an incident
 * @param merge probability from which one cause in two incidents makes them one
 * @param hubBase share of a hub's dependents that is abnormal at any time
 * @param hubCertainty how certain it must be that more than that are
 * @param slack by which lags may be missed
 * @param orphanLife how long a symptom waits for company
 * @param orphansToOpen so many symptoms without impact open an incident if they share a cause
 * @param quiet how long an incident must be empty before it closes
 * @param quietFlaps or so many times the gap after which its symptoms last came back
 * @param reopen how long after closing it may come back
 */
public record CorrelationParameters(
        double attach,
        double merge,
        double hubBase,
        double hubCertainty,
        Duration slack,
        Duration orphanLife,
        int orphansToOpen,
        Duration quiet,
        int quietFlaps,
        Duration reopen,
        Limits limits) {
    public static final CorrelationParameters DEFAULTS =
            new CorrelationParameters(
                    0.35,
                    0.6,
                    0.05,
                    0.99,
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(15),
                    2,
                    Duration.ofMinutes(5),
                    3,
                    Duration.ofMinutes(30),
                    Limits.DEFAULTS);

    /** The same with another time that an incident must stay empty. */
    public CorrelationParameters withQuiet(Duration otherQuiet) {
        return new CorrelationParameters(
                attach,
                merge,
                hubBase,
                hubCertainty,
                slack,
                orphanLife,
                orphansToOpen,
                otherQuiet,
                quietFlaps,
                reopen,
                limits);
    }

    /** The same with other limits. */
    public CorrelationParameters withLimits(Limits otherLimits) {
        return new CorrelationParameters(
                attach,
                merge,
                hubBase,
                hubCertainty,
                slack,
                orphanLife,
                orphansToOpen,
                quiet,
                quietFlaps,
                reopen,
                otherLimits);
    }

    /**
     * What bounds the book. Whatever is dropped is counted.
     *
     * @param incidents open at once; beyond it a symptom waits as an orphan
     * @param symptoms of one incident
     * @param orphans that wait
     * @param closed that may come back
     */
    public record Limits(int incidents, int symptoms, int orphans, int closed) {
        public static final Limits DEFAULTS = new Limits(500, 2_000, 50_000, 500);
    }
}
