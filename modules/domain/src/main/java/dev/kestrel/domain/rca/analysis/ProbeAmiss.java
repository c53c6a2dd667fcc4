package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.template.Probe;
import dev.kestrel.domain.template.Probe.Purpose;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A probe fails and there is something wrong with the probe: it asks a port that its container does
 * not declare, or something else than before. A process that answers the probe with an error of its
 * own says itself that it is not well, and a probe that asks what it always asked is not to blame.
 */
public final class ProbeAmiss implements Analyzer {
    /** A probe fails as soon as it runs; what stood longer was well for as long. */
    private static final Duration LATELY = Duration.ofHours(2);

    /** The kubelet's words where the process itself has answered. */
    private static final Pattern ANSWERED = Pattern.compile("statuscode: 5\\d\\d|NOT_SERVING");

    private final Purpose purpose;

    public ProbeAmiss(Purpose purpose) {
        this.purpose = purpose;
    }

    @Override
    public String id() {
        return purpose.word() + "_probe_asks_amiss";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var workload = topology.find(subject);
        if (workload.isEmpty()) {
            return Analysis.unclear(subject + " is not known");
        }
        var probes = Probe.of(PodView.template(workload.get()).at("spec"), purpose);
        for (var probe : probes) {
            var flaw = flaw(probe, workload.get(), topology, now);
            if (flaw.isPresent()) {
                return judge(workload.get(), probe, flaw.get(), topology, symptoms, now);
            }
        }
        return Analysis.absent(
                "The %s probe of %s asks what it asked before".formatted(purpose.word(), subject),
                List.of());
    }

    /** What is wrong with it, in words; empty where nothing is. */
    private Optional<String> flaw(
            Probe probe, KubeObject workload, Topology topology, Instant now) {
        if (probe.namesNoPort()) {
            return Optional.of("asks port %s, a name that none of its ports has");
        }
        var changed = lately(topology.changes(workload.ref()), now).toList();
        var asked =
                changed.stream()
                        .flatMap(change -> change.fields().stream())
                        .filter(field -> isQuestion(field.path(), path(workload, probe)))
                        .toList();
        if (!asked.isEmpty()) {
            return Optional.of("asks something else since it was changed (" + words(asked) + ")");
        }
        var isNew = changed.stream().anyMatch(one -> one.kind() == Change.Kind.CREATED);
        return isNew && probe.asksUndeclared() && !hasWorked(probe, workload, topology)
                ? Optional.of("asks port %s, which it does not declare")
                : Optional.empty();
    }

    private static Stream<Change> lately(List<Change> changes, Instant now) {
        return changes.stream().filter(change -> !change.at().isBefore(now.minus(LATELY)));
    }

    /** How often and how patiently it asks is another matter. */
    private static boolean isQuestion(String changed, String probe) {
        return changed.equals(probe)
                || Stream.of(".httpGet", ".tcpSocket", ".grpc", ".exec")
                        .anyMatch(handler -> changed.startsWith(probe + handler));
    }

    private static String words(List<Change.FieldChange> asked) {
        return asked.stream()
                .map(
                        field ->
                                "%s: %s before, %s now"
                                        .formatted(
                                                field.path()
                                                        .substring(
                                                                field.path().lastIndexOf('.') + 1),
                                                field.before(),
                                                field.after()))
                .collect(Collectors.joining("; "));
    }

    private String path(KubeObject workload, Probe probe) {
        return PodView.path(workload.ref(), probe.container(), purpose.field());
    }

    private Analysis judge(
            KubeObject workload,
            Probe probe,
            String flaw,
            Topology topology,
            List<Symptom> symptoms,
            Instant now) {
        var said = said(workload.ref(), symptoms);
        var name = "The %s probe of container %s".formatted(purpose.word(), probe.container());
        if (said.isEmpty() && !isUnready(probe, workload, topology)) {
            return Analysis.absent(name + " does not fail", List.of());
        }
        if (said.stream().anyMatch(one -> ANSWERED.matcher(one.excerpt()).find())) {
            return Analysis.absent(
                    name + " is answered by the process, and with an error of its own", said);
        }
        var summary = name + " " + flaw.replace("%s", probe.port()) + declared(probe);
        var excerpt = said.isEmpty() ? "" : said.getLast().excerpt();
        return Analysis.present(
                summary,
                List.of(new Analysis.Flip(workload.ref(), path(workload, probe))),
                List.of(PodView.evidence(this, workload.ref(), now, summary, excerpt)));
    }

    private static String declared(Probe probe) {
        return probe.ports().isEmpty()
                ? ""
                : "; its ports are "
                        + probe.ports().stream()
                                .map(
                                        port ->
                                                "%s %s"
                                                        .formatted(
                                                                port.at("containerPort").text(),
                                                                port.at("name").text()))
                                .map(String::strip)
                                .collect(Collectors.joining(", "));
    }

    /** What the kubelet said of the probe, oldest first. */
    private List<Evidence> said(ResourceRef workload, List<Symptom> symptoms) {
        return symptoms.stream()
                .filter(symptom -> symptom.key().about().equals(workload))
                .filter(
                        symptom ->
                                symptom.key().type().equals("probe." + purpose.word() + "_failed"))
                .flatMap(symptom -> symptom.evidence().stream())
                .toList();
    }

    private boolean isUnready(Probe probe, KubeObject workload, Topology topology) {
        return purpose == Purpose.READINESS
                && running(probe, workload, topology).anyMatch(one -> !one.at("ready").truth(true));
    }

    private boolean hasWorked(Probe probe, KubeObject workload, Topology topology) {
        return running(probe, workload, topology)
                .anyMatch(
                        one ->
                                one.at("ready").truth(false)
                                        || one.at("restartCount").number(0) > 0);
    }

    /** Statuses of containers that run and are asked the same. */
    private Stream<Fields> running(Probe probe, KubeObject workload, Topology topology) {
        return topology.instances(workload.ref()).stream()
                .filter(
                        pod ->
                                Probe.of(pod.at("spec"), purpose).stream()
                                        .filter(one -> one.container().equals(probe.container()))
                                        .anyMatch(probe::asksLike))
                .flatMap(pod -> PodView.statuses(pod).stream())
                .filter(status -> status.at("name").text().equals(probe.container()))
                .filter(status -> status.at("state", "running").isPresent());
    }
}
