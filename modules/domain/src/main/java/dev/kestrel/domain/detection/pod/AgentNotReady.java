package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.topology.relation.Networking;

import java.util.List;

/** The network agent (CNI) of a node is not ready: no pod that begins there gets a network. */
public final class AgentNotReady {
    private static final String TYPE = "network.agent_not_ready";

    public static final Detector DETECTOR =
            new PodDetector("network-agent-not-ready", List.of(TYPE), AgentNotReady::look);

    private AgentNotReady() {}

    private static List<Sample> look(PodView pod) {
        var node = pod.object().at("spec", "nodeName").text();
        if (node.isEmpty() || !Networking.isAgent(pod.object().at("spec"))) {
            return List.of();
        }
        var ready = pod.condition("Ready");
        if (ready.at("status").text().equals("True")) {
            return List.of(pod.good(TYPE, Stage.READY));
        }
        var summary =
                "The network agent of node %s, pod %s, is not ready".formatted(node, pod.name());
        var excerpt = ready.at("reason").text("?") + ": " + ready.at("message").text();
        return List.of(
                pod.bad(TYPE, Stage.NONE, List.of(pod.proof(TYPE, pod.at(), summary, excerpt))));
    }
}
