package dev.kestrel.quality.realcluster;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.network.Flow;
import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.Scenarios;
import dev.kestrel.simulator.store.Change;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The same fault on a simulated cluster with the same node and the same workload, recorded the way
 * {@link Recording} records the real one.
 */
final class SimulatedFault {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration ROLLOUT = Duration.ofSeconds(20);
    private static final Duration AFTERWARDS = Duration.ofSeconds(60);
    private static final long IMAGE_BYTES = 6_000_000;
    private static final String COREDNS = "coredns/coredns:1.14.7";
    private static final String REAL_COREDNS = "registry.k8s.io/coredns/coredns:v1.14.7";
    private static final List<ResourceType> TYPES =
            List.of(
                    ResourceTypes.POD,
                    ResourceTypes.EVENT,
                    ResourceTypes.DEPLOYMENT,
                    ResourceTypes.REPLICA_SET,
                    ResourceTypes.ENDPOINT_SLICE);

    private final Fault fault;
    private final SimulatedCluster cluster = new SimulatedCluster(Timings.KUBERNETES, START, 4);
    private final SequencedSet<String> before = new LinkedHashSet<>();
    private final SequencedSet<String> after = new LinkedHashSet<>();

    private final Map<String, Set<String>> said = new HashMap<>();

    private final List<Flow> flows = new ArrayList<>();

    private SimulatedFault(Fault fault) {
        this.fault = fault;
    }

    /** Prepares the workload, breaks it, and looks on for a minute. */
    static SimulatedFault play(Fault fault) {
        var played = new SimulatedFault(fault);
        played.startCluster();
        played.cluster.inside(played::recordStart);
        var begin = played.revision();
        played.startWorkload();
        var change = played.revision();
        var changed = played.cluster.now();
        played.breakIt();
        played.cluster.advance(AFTERWARDS);
        played.cluster.inside(inside -> played.record(inside, begin, change, changed));
        return played;
    }

    List<String> before() {
        return List.copyOf(before);
    }

    List<String> after() {
        return List.copyOf(after);
    }

    private long revision() {
        return cluster.inside(inside -> inside.store().revision());
    }

    private void startCluster() {
        cluster.publish(new Image("workload:v1", "workload", IMAGE_BYTES, Map.of()));
        cluster.publish(new Image(REAL_COREDNS, "coredns", IMAGE_BYTES, Map.of()));
        for (var namespace : List.of("default", "kube-system", fault.namespace())) {
            apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace));
        }
        // As on the real cluster, CoreDNS is asked for before there is a node.
        startDns();
        apply(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: real-1, labels: {kubernetes.io/os: linux}}
                status: {capacity: {cpu: '4', memory: 8Gi, pods: '110'}}
                """);
        cluster.advance(ROLLOUT);
        apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: first, namespace: default}
                spec: {containers: [{name: first, image: 'workload:v1'}]}
                """);
        cluster.advance(ROLLOUT);
        cluster.inside(
                inside -> {
                    inside.network().observe(flows::add);
                    return true;
                });
    }

    private void startWorkload() {
        for (var object : fault.workload()) {
            for (var document : Json.documents(object)) {
                ((ObjectNode) document.path("metadata")).put("namespace", fault.namespace());
                create((ObjectNode) document);
            }
            cluster.advance(ROLLOUT);
        }
    }

    /** With one replica of the real one's image, as on the real cluster. */
    private void startDns() {
        for (var object : Scenarios.named("dns-crashing").orElseThrow().base().objects()) {
            var name = object.at("/metadata/name").asText();
            var isPart = name.equals("coredns") && !object.path("kind").asText().equals("Secret");
            if (isPart || name.equals("kube-dns")) {
                apply(
                        object.toString()
                                .replace(COREDNS, REAL_COREDNS)
                                .replace("\"replicas\":2", "\"replicas\":1"));
            }
        }
        cluster.advance(Duration.ofSeconds(1));
    }

    private void apply(String yaml) {
        Json.documents(yaml).forEach(document -> create((ObjectNode) document));
    }

    private void create(ObjectNode object) {
        var type = ResourceTypes.ofKind(object.path("kind").asText());
        var by = FieldManager.update("kubectl-create");
        cluster.inside(inside -> inside.registry().create(type, object, by, false));
    }

    private void breakIt() {
        var resource = fault.resource().split("/", 2);
        var namespace = fault.isOfNode() ? "" : fault.brokenNamespace();
        var key = new ResourceKey(type(resource[0]), namespace, resource[1]);
        var patch = Json.parse(fault.breaking());
        cluster.inside(
                inside ->
                        inside.registry()
                                .replace(
                                        inside.registry()
                                                .patched(key, patch, Registry.PatchKind.STRATEGIC),
                                        FieldManager.update("kubectl-patch"),
                                        false));
        if (fault.isOfNode()) {
            cluster.inside(this::deletePods);
        }
    }

    private static ResourceType type(String singular) {
        return ResourceTypes.ofKind(
                singular.equals("networkpolicy")
                        ? "NetworkPolicy"
                        : singular.substring(0, 1).toUpperCase(Locale.ROOT)
                                + singular.substring(1));
    }

    private boolean deletePods(Inside inside) {
        inside.store().list(ResourceTypes.POD).stream()
                .filter(pod -> pod.namespace().equals(fault.namespace()))
                .forEach(pod -> inside.registry().delete(pod.key(), -1, false));
        return true;
    }

    /** A watch begins with what is there. */
    private boolean recordStart(Inside inside) {
        TYPES.stream()
                .flatMap(type -> inside.store().list(type).stream())
                .filter(object -> isWatched(object.namespace()))
                .forEach(
                        object -> {
                            var lines = SignalLines.of(object.tree());
                            before.addAll(lines);
                            said.put(object.uid(), Set.copyOf(lines));
                        });
        return true;
    }

    private boolean record(Inside inside, long begin, long change, Instant changed) {
        TYPES.stream()
                .flatMap(type -> inside.store().since(type, begin).stream())
                .filter(each -> each.kind() != Change.Kind.DELETED)
                .filter(each -> isWatched(each.object().namespace()))
                .sorted(Comparator.comparingLong(Change::revision))
                .forEach(each -> record(each, change));
        inside.store().list(ResourceTypes.POD).stream()
                .filter(pod -> pod.name().startsWith("frontend"))
                .flatMap(pod -> inside.kubelets().log(pod, "frontend", false).stream())
                .flatMap(log -> log.from(0).stream())
                .forEach(
                        line ->
                                (line.at().isBefore(changed) ? before : after)
                                        .add(SignalLines.log("frontend", line.text())));
        flows.stream()
                .filter(flow -> !flow.allowed())
                .forEach(flow -> (flow.at().isBefore(changed) ? before : after).add(line(flow)));
        return true;
    }

    private static String line(Flow flow) {
        return SignalLines.flow(
                flow.from().name(),
                flow.to().name(),
                flow.protocol(),
                flow.port(),
                flow.inward() ? Direction.INGRESS : Direction.EGRESS);
    }

    private boolean isWatched(String namespace) {
        return namespace.equals(fault.namespace()) || namespace.equals(fault.brokenNamespace());
    }

    private void record(Change each, long change) {
        var lines = SignalLines.of(each.object().tree());
        if (each.revision() <= change) {
            before.addAll(lines);
            said.put(each.object().uid(), Set.copyOf(lines));
        } else {
            var old = said.getOrDefault(each.object().uid(), Set.of());
            lines.stream().filter(line -> !old.contains(line)).forEach(after::add);
        }
    }
}
