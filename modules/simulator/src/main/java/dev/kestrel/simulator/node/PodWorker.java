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
import java.util.stream.Collectors;

/** One pod on its node: sandbox first, then init containers one by one, then all containers. */
final class PodWorker implements Host {
    private final PodContext context;
    private final Instant seen;
    private final List<ContainerWorker> inits = new ArrayList<>();
    private final List<ContainerWorker> mains = new ArrayList<>();
    private Instant sandboxAt;
    private Instant goneAt = Instant.MAX;
    private boolean given;
    private String evicted = "";

    PodWorker(PodContext context, Instant now) {
        this.context = context;
        this.seen = now;
        this.sandboxAt = now.plus(context.timings().sandbox());
        var spec = context.pod().at("spec");
        spec.path("initContainers").forEach(c -> inits.add(new ContainerWorker(context, c, now)));
        spec.path("containers").forEach(c -> mains.add(new ContainerWorker(context, c, now)));
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

    /** Memory that its containers hold. */
    long bytes(Instant now) {
        return mains.stream().mapToLong(main -> main.bytes(now)).sum();
    }

    /** How far it is beyond what it requests. */
    long excess(Instant now) {
        return mains.stream().mapToLong(main -> main.bytes(now) - main.requested()).sum();
    }

    /** Ends for good because the node has no memory left for it. */
    void evict(String message, Instant now) {
        evicted = message;
        context.warning("Evicted", message);
        workers().forEach(worker -> worker.giveUp(now));
        context.network().detach(context.address());
    }

    /** Why it was evicted; empty when it was not. */
    String evicted() {
        return evicted;
    }

    /** In the kubelet's words, those of its containers that use more than they request. */
    String usage(Instant now) {
        return mains.stream()
                .filter(main -> main.bytes(now) > main.requested())
                .map(
                        main ->
                                "Container %s was using %dKi, request is %s, has larger consumption of memory. "
                                        .formatted(
                                                main.name(),
                                                main.bytes(now) >> 10,
                                                main.spec()
                                                        .at("/resources/requests/memory")
                                                        .asText("0")))
                .collect(Collectors.joining());
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
        if (!evicted.isEmpty()) {
            return;
        }
        if (!hasSandbox()) {
            if (now.isBefore(sandboxAt) || isRefused(now)) {
                return;
            }
            context.address(address.get());
            context.network().attach(context.address(), this);
        }
        var initialising = inits.stream().filter(init -> !isDone(init)).findFirst();
        initialising.ifPresentOrElse(
                init -> init.tick(now), () -> mains.forEach(main -> main.tick(now)));
    }

    /** A plugin waits a while for its agent before it gives up; the kubelet then tries again. */
    private boolean isRefused(Instant now) {
        var refusal = context.sandboxRefusal();
        if (refusal.isPresent() && !now.isBefore(sandboxAt.plus(refusal.get().after()))) {
            context.warning("FailedCreatePodSandBox", refusal.get().message());
            sandboxAt = now.plus(context.timings().backoff());
        }
        return refusal.isPresent();
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
    public KubeObject pod() {
        return context.pod();
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
