package dev.kestrel.domain.rca;

import java.time.Duration;

/**
 * Something that is abnormal about a resource: a symptom that detectors see, or a latent state that
 * only shows through its effects.
 *
 * @param title what is abnormal, for people, for example {@code has no ready endpoints}
 * @param latent nothing shows it directly
 * @param impact those who use the cluster feel it
 * @param leak probability that it is there without any cause we know, 0.002..0.9
 * @param source telemetry source that would show it, for example {@code watch/Pod}; empty for
 *     latent states
 * @param maxLag how long after its cause it is seen at the latest
 * @param absence how far its absence may be trusted when the source is live, 0..1
 * @param at file and line of the declaration
 */
public record CausalState(
        String id,
        Subject on,
        String title,
        boolean latent,
        boolean impact,
        double leak,
        String source,
        Duration maxLag,
        double absence,
        String at) {
    /** A symptom that no pack declares: it may be explained by nothing we know. */
    public static CausalState undeclared(String id, Subject on) {
        return new CausalState(
                id, on, id, false, true, Parameters.LEAK, "", Duration.ofMinutes(1), 0, "");
    }
}
