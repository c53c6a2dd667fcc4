package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.control.Actor;
import dev.kestrel.simulator.control.Controller;
import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.node.PodContext.NodeServices;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kubelets of all nodes: each runs the pods bound to its node and reports on them. */
public final class Kubelets implements Controller {
    private final Actor actor;
    private final NodeServices services;
    private final Evictor evictor;
    private final Map<String, PodWorker> workers = new TreeMap<>();
    private final Map<String, Integer> nodeNumbers = new TreeMap<>();
    private int nextAddress = 2;

    public Kubelets(Actor actor, NodeServices services) {
        this.actor = actor;
        this.services = services;
        this.evictor = new Evictor(actor);
    }

    @Override
    public void reconcile() {
        var now = actor.now();
        for (var node : actor.list(ResourceTypes.NODE)) {
            if (node.at("status", "conditions").isMissingNode()) {
                register(node, now);
            }
        }
        var live = new TreeMap<String, KubeObject>();
        actor.list(ResourceTypes.POD).forEach(pod -> live.put(pod.uid(), pod));
        workers.entrySet()
                .removeIf(entry -> !live.containsKey(entry.getKey()) && forget(entry.getValue()));
        evictor.look(List.copyOf(workers.values()), now);
        live.values().forEach(pod -> look(pod, now));
    }

    private boolean forget(PodWorker worker) {
        services.network().detach(worker.context().address());
        return true;
    }

    private void look(KubeObject pod, Instant now) {
        var node = pod.text("spec", "nodeName");
        if (node.isEmpty() || !nodeNumbers.containsKey(node)) {
            return;
        }
        var worker = workers.get(pod.uid());
        if (worker == null) {
            var hands = actor.as("kubelet", new Source("kubelet", node));
            worker = new PodWorker(new PodContext(hands, services, node, pod), now);
            workers.put(pod.uid(), worker);
        }
        if (worker.context().pod().resourceVersion() != pod.resourceVersion()) {
            worker.update(pod, now);
        }
        worker.tick(() -> address(node), now);
        if (worker.isStopped(now)) {
            services.network().detach(worker.context().address());
            actor.registry().remove(pod.key());
            workers.remove(pod.uid());
            return;
        }
        if (worker.context().takeTouched()) {
            report(worker, pod, now);
        }
    }

    private void report(PodWorker worker, KubeObject pod, Instant now) {
        var host = "192.168.10." + (10 + number(worker.context().node()));
        var report = new PodReport(worker, host, now);
        var next = pod.with(tree -> report.write(Json.ensure(tree, "status")));
        if (!next.at("status").equals(pod.at("status"))) {
            actor.registry()
                    .editStatus(
                            pod.key(),
                            "kubelet",
                            status -> {
                                status.removeAll();
                                status.setAll((ObjectNode) next.at("status"));
                            });
        }
    }

    private String address(String node) {
        int host = nextAddress++;
        return "10.244.%d.%d".formatted((number(node) + host / 250) % 250, host % 250 + 2);
    }

    private int number(String node) {
        return nodeNumbers.getOrDefault(node, 0);
    }

    private void register(KubeObject node, Instant now) {
        nodeNumbers.put(node.name(), nodeNumbers.size() + 1);
        var hands = actor.as("kubelet", new Source("kubelet", node.name()));
        var number = number(node.name());
        hands.editStatus(node.key(), status -> NodeReport.write(status, node, number, now));
        hands.normal(node, "NodeReady", "Node %s status is now: NodeReady".formatted(node.name()));
    }

    /** The log of a container's current or previous run; empty when there is no such run. */
    public Optional<LogFile> log(KubeObject pod, String container, boolean previous) {
        return Optional.ofNullable(workers.get(pod.uid()))
                .flatMap(worker -> worker.worker(container))
                .flatMap(worker -> chosen(worker, previous));
    }

    private static Optional<LogFile> chosen(ContainerWorker worker, boolean previous) {
        if (previous) {
            return worker.previousLog();
        }
        return worker.hasStarted() ? Optional.of(worker.log()) : Optional.empty();
    }
}
