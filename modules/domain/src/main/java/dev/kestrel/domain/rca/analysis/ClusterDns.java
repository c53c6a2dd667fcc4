package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Nothing answers names, because the workload behind the cluster's DNS has no ready pod and the
 * reason is its own: it is scaled to zero, or its process ends. A reason with a mechanism of its
 * own (image, memory, room) is left to that one, which is deeper.
 */
public final class ClusterDns implements Analyzer {
    private static final Set<String> DEEPER =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "OOMKilled");
    private static final Set<String> CRASHED = Set.of("CrashLoopBackOff", "Error");

    @Override
    public String id() {
        return "cluster_dns_has_no_ready_pod";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var workload = topology.find(subject);
        var service = service(subject, topology);
        if (workload.isEmpty() || service.isEmpty()) {
            return Analysis.unclear(subject + " is not known to serve names");
        }
        var pods = topology.instances(subject);
        if (pods.stream().anyMatch(PodView::isReady)) {
            return Analysis.absent(subject + " has ready pods", List.of());
        }
        if (workload.get().at("spec", "replicas").number(1) == 0) {
            return present(
                    service.get() + " has no endpoints because " + subject + " is scaled to zero",
                    List.of(new Analysis.Flip(subject, "spec.replicas")),
                    subject,
                    "spec.replicas: 0",
                    now);
        }
        return judge(subject, service.get(), pods, now);
    }

    private Analysis judge(
            ResourceRef subject, ResourceRef service, List<KubeObject> pods, Instant now) {
        for (var pod : pods) {
            for (var status : PodView.statuses(pod)) {
                var waiting = PodView.waiting(status);
                var ended = PodView.ended(status);
                if (DEEPER.contains(waiting) || DEEPER.contains(ended)) {
                    return Analysis.unclear(
                            "%s is down for a deeper reason: %s"
                                    .formatted(subject, ended.isEmpty() ? waiting : ended));
                }
                if (CRASHED.contains(waiting) || CRASHED.contains(ended)) {
                    return present(
                            service + " has no endpoints because " + subject + " keeps ending",
                            List.of(),
                            subject,
                            "%s: %s %s".formatted(status.at("name").text(), waiting, ended),
                            now);
                }
            }
        }
        return Analysis.unclear(subject + " has no ready pod, and no container says why");
    }

    private Analysis present(
            String summary,
            List<Analysis.Flip> flips,
            ResourceRef subject,
            String excerpt,
            Instant now) {
        return Analysis.present(
                summary, flips, List.of(PodView.evidence(this, subject, now, summary, excerpt)));
    }

    /** The Service through which others resolve names and that selects this workload. */
    public static Optional<ResourceRef> service(ResourceRef workload, Topology topology) {
        return topology.to(workload, Relation.SELECTS).stream()
                .map(edge -> edge.from())
                .filter(from -> from.kind().equals("Service"))
                .filter(
                        from ->
                                isNamedSo(from)
                                        || !topology.to(from, Relation.RESOLVES_VIA).isEmpty())
                .findFirst();
    }

    private static boolean isNamedSo(ResourceRef service) {
        return service.namespace().equals("kube-system") && service.name().equals("kube-dns");
    }
}
