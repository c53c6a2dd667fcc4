package dev.kestrel.domain.remediation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long a symptom must stay away before a fix is believed: a container that needs a minute to
 * fill its memory is not mended because it has run for half of one.
 */
final class Quiet {
    /** Each is one moment in the life of a container; between two of them all looks well. */
    private static final Set<String> ENDINGS =
            Set.of("container.oom_killed", "container.exited_with_error");

    /** A raised limit is often twice the old one, and takes twice as long to fill. */
    private static final int LIVES = 3;

    /** A person waits for the answer; what takes longer to show comes back as the same incident. */
    private static final Duration MOST = Duration.ofMinutes(5);

    private Quiet() {}

    /** Three times the longest life of a container that ended, at most five minutes. */
    static Duration after(SymptomKey symptom, Topology topology) {
        if (!ENDINGS.contains(symptom.type())) {
            return Duration.ZERO;
        }
        var quiet =
                topology.instances(symptom.about()).stream()
                        .flatMap(pod -> pod.at("status", "containerStatuses").items().stream())
                        .flatMap(status -> Stream.of(status.at("state"), status.at("lastState")))
                        .map(state -> life(state.at("terminated")))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)
                        .multipliedBy(LIVES);
        return quiet.compareTo(MOST) > 0 ? MOST : quiet;
    }

    private static Duration life(Fields ended) {
        try {
            var life =
                    Duration.between(
                            Instant.parse(ended.at("startedAt").text()),
                            Instant.parse(ended.at("finishedAt").text()));
            return life.isNegative() || ended.at("exitCode").number(0) == 0 ? Duration.ZERO : life;
        } catch (DateTimeException notEnded) {
            return Duration.ZERO;
        }
    }
}
