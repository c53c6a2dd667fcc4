package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.node.ContainerRun.End;
import dev.kestrel.simulator.resource.Quantity;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings one container of a pod to run and keeps it running, as far as its restart policy says. */
final class ContainerWorker {
    private static final String OOM = "OOMKilled";
    private static final int KILLED = 137;

    /** A kubelet looks again at a pod that it could not start, about this often. */
    private static final Duration UNCONFIGURED = Duration.ofSeconds(12);

    private final PodContext pod;
    private final Puller puller;
    private final Backoff restarts;
    private JsonNode spec;
    private String waitingReason = "ContainerCreating";
    private String waitingMessage = "";
    private @Nullable ContainerRun run;
    private @Nullable End last;
    private @Nullable End beforeLast;
    private LogFile log = new LogFile();
    private LogFile previousLog = new LogFile();
    private Instant startAt = Instant.MAX;
    private Instant nextSync;
    private Instant killAt = Instant.MAX;
    private boolean created;
    private boolean ranOut;
    private int count;

    ContainerWorker(PodContext pod, JsonNode spec, Instant now) {
        this.pod = pod;
        this.spec = spec;
        this.puller = new Puller(pod, spec);
        this.restarts = new Backoff(pod.timings().backoff(), pod.timings().longestBackoff());
        this.nextSync = now;
    }

    /** Takes the pod as it is now; only an image may change in place. */
    void update(JsonNode newSpec, Instant now) {
        var moved = !newSpec.path("image").equals(spec.path("image"));
        spec = newSpec;
        puller.update(newSpec);
        if (moved) {
            var running = run;
            if (running != null) {
                kill("Container " + name() + " definition changed, will be restarted", now);
            }
            nextSync = now;
        }
    }

    void tick(Instant now) {
        var running = run;
        if (running != null) {
            watch(running, now);
        } else if (created && !startAt.isAfter(now)) {
            start(now);
        } else if (!created && !ranOut && !nextSync.isAfter(now)) {
            sync(now);
        }
    }

    private void watch(ContainerRun running, Instant now) {
        int code = running.program().live(now);
        if (code != Program.RUNNING) {
            finish(running.ended(code, code == 0 ? "Completed" : "Error", now), now);
            return;
        }
        var limit = spec.at("/resources/limits/memory").asText("");
        if (!limit.isEmpty() && running.program().bytes(now) > Quantity.units(limit)) {
            finish(running.ended(KILLED, OOM, now), now);
            return;
        }
        if (!killAt.equals(Instant.MAX)) {
            if (!killAt.isAfter(now)) {
                finish(running.ended(KILLED, "Error", now), now);
            }
            return;
        }
        for (var probe : running.probes()) {
            var early = !running.isStarted() && probe.kind() != Probe.Kind.STARTUP;
            if (probe.isDue(now) && !early && probe(running, probe, now)) {
                return;
            }
        }
    }

    /** Runs one probe; true when the container was killed for it. */
    private boolean probe(ContainerRun running, Probe probe, Instant now) {
        var before = probe.verdict();
        var failure = probe.run(running.program(), pod.address(), now);
        if (before != probe.verdict()) {
            pod.touch();
        }
        if (!failure.isEmpty()) {
            pod.warning(name(), "Unhealthy", failure);
        }
        if (probe.kind() != Probe.Kind.READINESS && probe.verdict() == Probe.Verdict.BAD) {
            var which = probe.kind() == Probe.Kind.LIVENESS ? "liveness" : "startup";
            kill("Container %s failed %s probe, will be restarted".formatted(name(), which), now);
            return true;
        }
        return false;
    }

    private void finish(End end, Instant now) {
        pod.touch();
        beforeLast = last;
        last = end;
        run = null;
        killAt = Instant.MAX;
        created = false;
        var policy = pod.restartPolicy();
        ranOut = policy.equals("Never") || (policy.equals("OnFailure") && end.exitCode() == 0);
        // The kubelet sees the end at its next look at the runtime.
        nextSync = now.plus(pod.timings().sandbox());
    }

    private void sync(Instant now) {
        var failed = last;
        if (failed != null && restarts.isWaiting(failed.finished(), now)) {
            crashLoop(failed, now);
            return;
        }
        switch (puller.attempt(now)) {
            case Puller.Step.Waiting(var reason, var message, var until) -> {
                pod.touch();
                if (failed == null) {
                    waitingReason = reason;
                    waitingMessage = message;
                }
                nextSync = until;
            }
            case Puller.Step.Present() when !pod.refusal(spec).isEmpty() -> refuse(now);
            case Puller.Step.Present() -> {
                if (failed != null) {
                    restarts.next(failed.finished(), now);
                }
                created = true;
                startAt = now.plus(pod.timings().start());
            }
        }
    }

    /** The kubelet tries again at its next look at the pod. */
    private void refuse(Instant now) {
        waitingReason = "CreateContainerConfigError";
        waitingMessage = pod.refusal(spec);
        pod.warning(name(), "Failed", "Error: " + waitingMessage);
        nextSync = now.plus(UNCONFIGURED);
    }

    private void crashLoop(End failed, Instant now) {
        pod.warning(
                name(),
                "BackOff",
                "Back-off restarting failed container %s in pod %s".formatted(name(), pod.shown()));
        waitingReason = "CrashLoopBackOff";
        waitingMessage =
                "back-off %s restarting failed container=%s pod=%s"
                        .formatted(GoDuration.text(restarts.current()), name(), pod.shown());
        var expiry = failed.finished().plus(restarts.current());
        var resync = now.plus(pod.timings().sync());
        nextSync = expiry.isBefore(resync) ? expiry : resync;
    }

    private void start(Instant now) {
        if (last != null) {
            count++;
            previousLog = log;
            log = new LogFile();
        }
        pod.normal(name(), "Created", "Container created");
        pod.normal(name(), "Started", "Container started");
        var surroundings = pod.surroundings(spec, log, now);
        var probes = new ArrayList<Probe>();
        addProbe(probes, Probe.Kind.STARTUP, "startupProbe", now);
        addProbe(probes, Probe.Kind.LIVENESS, "livenessProbe", now);
        addProbe(probes, Probe.Kind.READINESS, "readinessProbe", now);
        run = new ContainerRun(pod.newId(), now, pod.program(spec, surroundings), log, probes);
        created = false;
        waitingReason = "CrashLoopBackOff";
        waitingMessage = "";
    }

    private void addProbe(List<Probe> probes, Probe.Kind kind, String field, Instant now) {
        if (spec.has(field)) {
            probes.add(new Probe(kind, spec.path(field), spec.path("ports"), now));
        }
    }

    /** Ends the run because the kubelet decides so: at once, or after the grace period. */
    void kill(String message, Instant now) {
        var running = run;
        if (running != null) {
            pod.normal(name(), "Killing", message);
            if (running.program().heedsTermination()) {
                finish(terminated(running, now), now);
            } else {
                killAt = now.plus(pod.grace());
            }
        }
    }

    private static End terminated(ContainerRun running, Instant now) {
        if (!running.program().heedsTermination()) {
            return running.ended(KILLED, "Error", now);
        }
        int code = running.program().terminated();
        return running.ended(code, code == 0 ? "Completed" : "Error", now);
    }

    /** Ends for good, because the pod is going. */
    void giveUp(Instant now) {
        var running = run;
        if (running != null) {
            finish(terminated(running, now), now);
        }
        ranOut = true;
        created = false;
        pod.touch();
    }

    /** Memory that it holds. */
    long bytes(Instant now) {
        return running().map(running -> running.program().bytes(now)).orElse(0L);
    }

    long requested() {
        return Quantity.units(spec.at("/resources/requests/memory").asText("0"));
    }

    String name() {
        return spec.path("name").asText();
    }

    JsonNode spec() {
        return spec;
    }

    Optional<ContainerRun> running() {
        return Optional.ofNullable(run);
    }

    /** Whether it ended for good. */
    boolean isOver() {
        return ranOut && run == null;
    }

    Optional<End> last() {
        return Optional.ofNullable(last);
    }

    Optional<End> beforeLast() {
        return Optional.ofNullable(beforeLast);
    }

    /** Waiting in a back-off, as opposed to just having ended. */
    boolean isWaiting() {
        return run == null && !ranOut && (last == null || !waitingMessage.isEmpty());
    }

    String waitingReason() {
        return waitingReason;
    }

    String waitingMessage() {
        return waitingMessage;
    }

    int restartCount() {
        return count;
    }

    LogFile log() {
        return log;
    }

    /** The log of the run before; empty when there was none. */
    Optional<LogFile> previousLog() {
        return count == 0 ? Optional.empty() : Optional.of(previousLog);
    }

    boolean hasStarted() {
        return run != null || last != null;
    }
}
