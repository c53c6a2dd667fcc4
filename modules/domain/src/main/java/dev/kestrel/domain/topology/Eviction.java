package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod that its kubelet ended because the node ran out of memory, as the pod's status tells it.
 *
 * @param workload the pod's logical resource
 * @param over containers that used more than they request, as far as the kubelet says
 */
public record Eviction(
        ResourceRef workload, String node, Instant at, String message, List<Usage> over) {
    /** Texts of the kubelet since 1.11 and before it. */
    private static final Pattern USAGE =
            Pattern.compile(
                    "Container (\\S{1,253}) was using (\\d{1,15}(?:[KMGT]i|[kMGT])?), (?:request"
                            + " is|which exceeds its request of) (\\d{1,15}(?:[KMGT]i|[kMGT])?)");

    private static final String OF_MEMORY = "low on resource: memory";

    public Eviction {
        over = List.copyOf(over);
    }

    /**
     * What a container used when its pod was evicted.
     *
     * @param used in bytes
     * @param requested in bytes
     */
    public record Usage(String container, long used, long requested) {}

    /** Bytes used beyond what was requested. */
    public long excess() {
        return over.stream().mapToLong(usage -> usage.used() - usage.requested()).sum();
    }

    /** Reads a pod; empty when it was not evicted for memory. */
    public static Optional<Eviction> of(KubeObject pod, ResourceRef workload) {
        var message = pod.at("status", "message").text();
        return pod.at("status", "reason").text().equals("Evicted") && message.contains(OF_MEMORY)
                ? moment(pod)
                        .map(
                                at ->
                                        new Eviction(
                                                workload,
                                                pod.at("spec", "nodeName").text(),
                                                at,
                                                message,
                                                usages(message)))
                : Optional.empty();
    }

    /** Evictions of a workload's pods since a moment; the pods are still there as failed ones. */
    public static List<Eviction> of(ResourceRef workload, Instant since, Topology topology) {
        return pods(workload, topology)
                .flatMap(pod -> of(pod, workload).stream())
                .filter(eviction -> !eviction.at().isBefore(since))
                .toList();
    }

    private static Stream<KubeObject> pods(ResourceRef workload, Topology topology) {
        return Stream.concat(
                        topology.find(workload).stream(),
                        topology.owned(workload).stream()
                                .flatMap(
                                        owned ->
                                                Stream.concat(
                                                        Stream.of(owned),
                                                        topology.owned(owned.ref()).stream())))
                .filter(object -> object.ref().kind().equals("Pod"));
    }

    /** When the kubelet decided; pods of older ones only tell when they began. */
    private static Optional<Instant> moment(KubeObject pod) {
        var told =
                pod.at("status", "conditions").items().stream()
                        .filter(condition -> condition.at("type").text().equals("DisruptionTarget"))
                        .map(condition -> condition.at("lastTransitionTime"));
        return Stream.concat(told, Stream.of(pod.at("status", "startTime")))
                .map(Fields::text)
                .flatMap(text -> time(text).stream())
                .findFirst();
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static List<Usage> usages(String message) {
        var usages = new ArrayList<Usage>();
        var found = USAGE.matcher(message);
        while (found.find()) {
            usages.add(
                    new Usage(
                            found.group(1),
                            Quantity.units(found.group(2)),
                            Quantity.units(found.group(3))));
        }
        return usages;
    }
}
