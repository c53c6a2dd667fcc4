package dev.kestrel.operator.link;

import java.time.Duration;

/**
 * The paces of a stream.
 *
 * @param heartbeat between two of ours
 * @param silence after which a silent cloud counts as gone
 * @param firstRetry wait after the first failure; doubles up to {@code lastRetry}
 */
public record LinkTimes(
        Duration heartbeat, Duration silence, Duration firstRetry, Duration lastRetry) {
    public static final LinkTimes DEFAULT =
            new LinkTimes(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30));
}
