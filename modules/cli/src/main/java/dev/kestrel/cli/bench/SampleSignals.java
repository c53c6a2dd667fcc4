package dev.kestrel.cli.bench;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.OutwardSignals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a healthy cluster tells, over and over: of five signals two are a pod whose status was
 * written again, two are normal events, one is a line of a log. A cluster has 40 pods of about 1
 * kB.
 */
final class SampleSignals {
    private static final int PODS = 40;
    private static final int TURN = 5;

    private final Instant start;
    private final String node;
    private long told;

    /**
     * @param start of the time that the signals tell of; each is a millisecond later
     */
    SampleSignals(Instant start, String node) {
        this.start = start;
        this.node = node;
    }

    /** The next ones, as they go over the wire. */
    List<dev.kestrel.protocol.wire.v1.Signal> next(int count) {
        var signals = new ArrayList<dev.kestrel.protocol.wire.v1.Signal>(count);
        for (int i = 0; i < count; i++) {
            signals.add(OutwardSignals.wire(signal(told++)));
        }
        return signals;
    }

    private Signal signal(long number) {
        var at = start.plusMillis(number);
        var which = (number / TURN * 2 + number % TURN / 2) % PODS;
        var name = "checkout-5d8f7c9b4-x%02d".formatted(which);
        var pod = new ResourceRef("Pod", "shop", name);
        return new Signal(
                at,
                switch ((int) (number % TURN)) {
                    case 0, 2 -> new Observation.ObjectSeen(pod(pod, number));
                    case 1, 3 -> event(pod, at);
                    default ->
                            new Observation.LogLine(
                                    pod,
                                    "app",
                                    false,
                                    "level=info msg=\"request served\" status=200 took=12ms");
                });
    }

    private static Observation event(ResourceRef pod, Instant at) {
        return new Observation.EventReported(
                pod,
                "uid-" + pod.name(),
                "spec.containers{app}",
                false,
                "Pulled",
                "Container image \"registry.example/shop/checkout:v42\" already present on machine",
                1,
                at,
                at,
                "kubelet");
    }

    private KubeObject pod(ResourceRef ref, long version) {
        var tree =
                Map.<String, Object>of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        metadata(ref, version),
                        "spec",
                        spec(),
                        "status",
                        status());
        return new KubeObject(
                ref, "uid-" + ref.name(), Long.toString(version), "v1", Fields.of(tree), List.of());
    }

    private static Map<String, Object> metadata(ResourceRef ref, long version) {
        var labels = Map.<String, Object>of("app", "checkout", "pod-template-hash", "5d8f7c9b4");
        var owner =
                Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "ReplicaSet",
                        "name",
                        "checkout-5d8f7c9b4",
                        "uid",
                        "uid-rs",
                        "controller",
                        true);
        return Map.of(
                "name",
                ref.name(),
                "namespace",
                ref.namespace(),
                "uid",
                "uid-" + ref.name(),
                "resourceVersion",
                Long.toString(version),
                "labels",
                labels,
                "ownerReferences",
                List.of(owner));
    }

    private Map<String, Object> spec() {
        var resources =
                Map.of(
                        "requests", Map.of("cpu", "100m", "memory", "128Mi"),
                        "limits", Map.of("memory", "256Mi"));
        var container =
                Map.of(
                        "name",
                        "app",
                        "image",
                        "registry.example/shop/checkout:v42",
                        "resources",
                        resources);
        return Map.of(
                "nodeName",
                node,
                "serviceAccountName",
                "default",
                "restartPolicy",
                "Always",
                "containers",
                List.of(container));
    }

    private static Map<String, Object> status() {
        var running = Map.of("running", Map.of("startedAt", "2031-03-01T10:00:00Z"));
        var container = Map.of("name", "app", "ready", true, "restartCount", 0L, "state", running);
        var conditions = new ArrayList<Map<String, Object>>();
        for (var type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
            conditions.add(
                    Map.of(
                            "type",
                            type,
                            "status",
                            "True",
                            "lastTransitionTime",
                            "2031-03-01T10:00:00Z"));
        }
        return Map.of(
                "phase",
                "Running",
                "podIP",
                "10.1.2.3",
                "conditions",
                conditions,
                "containerStatuses",
                List.of(container));
    }
}
