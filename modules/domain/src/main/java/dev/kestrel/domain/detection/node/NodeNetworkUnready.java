package dev.kestrel.domain.detection.node;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A node says that it cannot network pods: its runtime found no network plugin, or what routes its
 * pods did not report.
 */
public final class NodeNetworkUnready {
    private static final String TYPE = "node.network_not_ready";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "node-network-not-ready",
                    List.of(TYPE),
                    Set.of("Node"),
                    NodeNetworkUnready::look);

    private NodeNetworkUnready() {}

    private static List<Sample> look(ResourceView node) {
        var ready = node.condition("Ready");
        var unavailable = node.condition("NetworkUnavailable");
        var speaks = ready.at("message").text().contains("NetworkReady=false");
        if (!speaks && !unavailable.at("status").text().equals("True")) {
            return node.good(TYPE);
        }
        var excerpt =
                Stream.of(ready, unavailable)
                        .filter(condition -> condition.at("message").isPresent())
                        .map(
                                condition ->
                                        condition.at("reason").text()
                                                + ": "
                                                + condition.at("message").text())
                        .findFirst()
                        .orElse("");
        var summary = "%s cannot network pods".formatted(node.ref());
        return node.bad(TYPE, List.of(node.proof(TYPE, summary, excerpt)));
    }
}
