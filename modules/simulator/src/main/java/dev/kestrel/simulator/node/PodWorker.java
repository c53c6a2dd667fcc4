package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.network.Host;
import dev.kestrel.simulator.network.Reply;
import dev.kestrel.simulator.resource.KubeObject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One pod on its node: sandbox first, then init containers one by one, then all containers. */
final class PodWorker implements Host {
    private final PodContext context;
    private final Instant seen;
    private final List<ContainerWorker> inits = new ArrayList<>();
    private final List<ContainerWorker> mains = new ArrayList<>();
    private Instant goneAt = Instant.MAX;
    private boolean given;

    PodWorker(PodContext context, Instant now) {
        this.context = context;
        this.seen = now;
        var spec = context.pod().at("spec");
        spec.path("initContainers").forEach(c -> inits.add(new ContainerWorker(context, c, now)));
        spec.path("containers").forEach(c -> mains.add(new ContainerWorker(context, c, now)));
    }

    @Override
    public KubeObject pod() {
        return context.pod();
    }

    PodContext context() {
        return context;
    }

    Instant seen() {
        return seen;
    }

    boolean hasSandbox() {
        return !context.address().isEmpty() && !given;
    }

    void update(KubeObject pod, Instant now) {
        context.update(pod);
        int index = 0;
        for (JsonNode container : pod.at("spec", "containers")) {
            if (index < mains.size()) {
                mains.get(index++).update(container, now);
            }
        }
    }

    /** Lives on; {@code address} is asked once, when the pod gets its network. */
    void tick(Supplier<String> address, Instant now) {
        if (context.pod().isDeleting()) {
            stop(now);
            return;
        }
        if (!hasSandbox()) {
            if (now.isBefore(seen.plus(context.timings().sandbox()))) {
                return;
            }
            context.address(address.get());
            context.network().attach(context.address(), this);
        }
        var initialising = inits.stream().filter(init -> !isDone(init)).findFirst();
        initialising.ifPresentOrElse(
                init -> init.tick(now), () -> mains.forEach(main -> main.tick(now)));
    }

    private static boolean isDone(ContainerWorker init) {
        return init.running().isEmpty()
                && init.last().map(end -> end.exitCode() == 0).orElse(false);
    }

    boolean isInitialised() {
        return inits.stream().allMatch(PodWorker::isDone);
    }

    private void stop(Instant now) {
        if (goneAt.equals(Instant.MAX)) {
            goneAt = now.plus(heedTermination() ? context.timings().stop() : context.grace());
            workers().forEach(worker -> worker.running().ifPresent(_ -> announce(worker)));
        }
        if (!goneAt.isAfter(now) && !given) {
            given = true;
            workers().forEach(worker -> worker.giveUp(now));
        }
    }

    private boolean heedTermination() {
        return workers().stream()
                .flatMap(worker -> worker.running().stream())
                .allMatch(running -> running.program().heedsTermination());
    }

    private void announce(ContainerWorker worker) {
        context.normal(worker.name(), "Killing", "Stopping container " + worker.name());
    }

    /** Whether everything has stopped, was reported, and the pod may be forgotten. */
    boolean isStopped(Instant now) {
        return given && !goneAt.plus(context.timings().sandbox()).isAfter(now);
    }

    List<ContainerWorker> inits() {
        return inits;
    }

    List<ContainerWorker> mains() {
        return mains;
    }

    private List<ContainerWorker> workers() {
        var all = new ArrayList<>(inits);
        all.addAll(mains);
        return all;
    }

    Optional<ContainerWorker> worker(String container) {
        return workers().stream().filter(worker -> worker.name().equals(container)).findFirst();
    }

    @Override
    public boolean listens(int port) {
        return listener(port).isPresent();
    }

    @Override
    public Reply get(int port, String path, Instant now) {
        return listener(port)
                .map(program -> program.get(path, now))
                .orElseGet(() -> new Reply.Failed("connection refused", Duration.ZERO));
    }

    private Optional<Program> listener(int port) {
        return mains.stream()
                .flatMap(main -> main.running().stream())
                .map(ContainerRun::program)
                .filter(program -> program.listens(port))
                .findFirst();
    }
}
