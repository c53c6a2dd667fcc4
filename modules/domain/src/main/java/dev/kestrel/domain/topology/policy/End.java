package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One end of a call. */
public sealed interface End {
    /** Every namespace has it: the API server sets it. */
    String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    /** A pod, with the labels of its namespace. */
    record Pod(KubeObject pod, Map<String, String> namespaceLabels) implements End {
        public Pod {
            namespaceLabels = Map.copyOf(namespaceLabels);
        }

        public ResourceRef ref() {
            return pod.ref();
        }

        public Map<String, String> labels() {
            return pod.at("metadata", "labels").texts();
        }

        /** It shares its node's network: policies neither apply to it nor know it by its labels. */
        boolean isOnHostNetwork() {
            return pod.at("spec", "hostNetwork").truth(false);
        }

        List<String> addresses() {
            return Stream.concat(
                            pod.at("status", "podIPs").items().stream().map(one -> one.at("ip")),
                            Stream.of(pod.at("status", "podIP")))
                    .map(Fields::text)
                    .filter(address -> !address.isEmpty())
                    .distinct()
                    .toList();
        }

        String nodeAddress() {
            return pod.at("status", "hostIP").text();
        }

        /** Ports that its containers say they listen on. */
        public List<Port> ports() {
            return pod.at("spec", "containers").items().stream()
                    .flatMap(container -> container.at("ports").items().stream())
                    .map(
                            one ->
                                    new Port(
                                            (int) one.at("containerPort").number(0),
                                            one.at("protocol").text("TCP")))
                    .toList();
        }

        /** Which of its containers' ports is called so. */
        public Optional<Integer> port(String name, String protocol) {
            return Stream.of("initContainers", "containers")
                    .flatMap(sort -> pod.at("spec", sort).items().stream())
                    .flatMap(container -> container.at("ports").items().stream())
                    .filter(one -> one.at("name").text().equals(name))
                    .filter(one -> one.at("protocol").text("TCP").equals(protocol))
                    .map(one -> (int) one.at("containerPort").number(0))
                    .findFirst();
        }
    }

    /** Something that is no pod we know. */
    record Address(String address) implements End {}

    /** The workload of a pod, or the address. */
    default String shown(Topology topology) {
        return switch (this) {
            case Pod pod -> topology.logical(pod.ref()).toString();
            case Address(var address) -> address;
        };
    }

    /** A pod as the topology knows it and its namespace. */
    static Pod of(KubeObject pod, Topology topology) {
        var namespace = pod.ref().namespace();
        var labels =
                topology.find(ResourceRef.ofCluster("Namespace", namespace))
                        .map(found -> found.at("metadata", "labels").texts())
                        .filter(found -> found.containsKey(NAMESPACE_NAME));
        return new Pod(pod, labels.orElseGet(() -> Map.of(NAMESPACE_NAME, namespace)));
    }
}
