package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.relation.Networking;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Pods get no sandbox exactly on nodes whose network agent (CNI) is not ready, and the agent's own
 * process is why. A node with a ready agent where sandboxes fail as well refutes it. A reason with
 * a mechanism of its own (image, memory, room) is left to that one, which is deeper.
 */
public final class NetworkAgent implements Analyzer {
    private static final Set<String> DEEPER =
            Set.of(
                    "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "CreateContainerConfigError",
                    "OOMKilled");
    private static final int MOST_NODES = 8;

    @Override
    public String id() {
        return "sandboxes_fail_where_the_agent_is_not_ready";
    }

    /** Whether the workload's pods are network agents. */
    public static boolean is(ResourceRef workload, Topology topology) {
        return topology.find(workload)
                .flatMap(PodTemplate::of)
                .filter(template -> Networking.isAgent(template.spec()))
                .isPresent();
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        if (!is(subject, topology)) {
            return Analysis.unclear(subject + " is not known to network pods");
        }
        var agents = topology.instances(subject);
        var down = nodes(agents.stream().filter(pod -> !PodView.isReady(pod)).toList());
        if (down.isEmpty()) {
            return Analysis.absent(
                    "%s is ready on every node it runs on".formatted(subject), List.of());
        }
        var failing = failing(topology, symptoms);
        var well = new TreeSet<>(failing);
        well.removeAll(down);
        if (!well.isEmpty()) {
            var summary =
                    "Pods get no sandbox on %s either, where %s is ready"
                            .formatted(named(well), subject);
            return Analysis.absent(
                    summary, List.of(PodView.evidence(this, subject, now, summary, "")));
        }
        var deeper = deeper(agents);
        if (!deeper.isEmpty()) {
            return Analysis.unclear(
                    "%s is down for a deeper reason: %s".formatted(subject, deeper));
        }
        return failing.isEmpty()
                ? Analysis.unclear(
                        "No pod waits for a sandbox where %s is not ready".formatted(subject))
                : present(subject, agents, down, failing, now);
    }

    private Analysis present(
            ResourceRef subject,
            List<KubeObject> agents,
            Set<String> down,
            Set<String> failing,
            Instant now) {
        var summary =
                "Pods get no sandbox on %s, and exactly there %s is not ready"
                        .formatted(named(failing), subject);
        var excerpt =
                agents.stream()
                        .filter(pod -> down.contains(node(pod)))
                        .limit(MOST_NODES)
                        .map(
                                pod ->
                                        "%s on %s: %s"
                                                .formatted(pod.ref().name(), node(pod), said(pod)))
                        .collect(Collectors.joining("\n"));
        return Analysis.present(
                summary,
                List.of(new Analysis.Flip(subject, "spec.template")),
                List.of(PodView.evidence(this, subject, now, summary, excerpt)));
    }

    /** Nodes that say so, and those where pods wait that are refused a sandbox. */
    private static Set<String> failing(Topology topology, List<Symptom> symptoms) {
        var failing = new TreeSet<String>();
        for (var symptom : symptoms) {
            var about = symptom.key().about();
            switch (symptom.key().type()) {
                case "node.network_not_ready" -> failing.add(about.name());
                case "pod.sandbox_failed" ->
                        failing.addAll(
                                nodes(
                                        topology.instances(about).stream()
                                                .filter(NetworkAgent::waits)
                                                .toList()));
                default -> {}
            }
        }
        return failing;
    }

    private static boolean waits(KubeObject pod) {
        return PodView.statuses(pod).stream()
                .allMatch(
                        status ->
                                Set.of("ContainerCreating", "PodInitializing")
                                        .contains(PodView.waiting(status)));
    }

    private static Set<String> nodes(List<KubeObject> pods) {
        return pods.stream()
                .map(NetworkAgent::node)
                .filter(node -> !node.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String node(KubeObject pod) {
        return pod.at("spec", "nodeName").text();
    }

    private static String deeper(List<KubeObject> agents) {
        return agents.stream()
                .filter(pod -> !PodView.isReady(pod))
                .flatMap(pod -> PodView.statuses(pod).stream())
                .flatMap(status -> List.of(PodView.waiting(status), PodView.ended(status)).stream())
                .filter(DEEPER::contains)
                .findFirst()
                .orElse("");
    }

    /** What the containers of an agent are about, in the kubelet's words. */
    private static String said(KubeObject pod) {
        var states = new TreeMap<String, String>();
        for (var status : PodView.statuses(pod)) {
            var words = "%s %s".formatted(PodView.waiting(status), PodView.ended(status)).strip();
            states.put(status.at("name").text(), words.isEmpty() ? "not ready" : words);
        }
        return states.toString();
    }

    private static String named(Set<String> nodes) {
        var shown = nodes.stream().limit(MOST_NODES).collect(Collectors.joining(", "));
        return nodes.size() > MOST_NODES
                ? "%s and %d nodes more".formatted(shown, nodes.size() - MOST_NODES)
                : shown;
    }
}
