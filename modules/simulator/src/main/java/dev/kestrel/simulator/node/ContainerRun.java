package dev.kestrel.simulator.node;

import java.time.Instant;
import java.util.List;

/** One run of a container, from its start to its end. */
record ContainerRun(String id, Instant started, Program program, LogFile log, List<Probe> probes) {

    /** How a run ended. */
    record End(String id, int exitCode, String reason, Instant started, Instant finished) {}

    End ended(int exitCode, String reason, Instant now) {
        log.close();
        return new End(id, exitCode, reason, started, now);
    }

    boolean isReady() {
        return probes.stream()
                .filter(probe -> probe.kind() != Probe.Kind.LIVENESS)
                .allMatch(probe -> probe.verdict() == Probe.Verdict.GOOD);
    }

    /** Other probes wait until the startup probe has succeeded. */
    boolean isStarted() {
        return probes.stream()
                .filter(probe -> probe.kind() == Probe.Kind.STARTUP)
                .allMatch(probe -> probe.verdict() == Probe.Verdict.GOOD);
    }
}
