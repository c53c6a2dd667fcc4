package dev.kestrel.bus;

import dev.kestrel.bus.Topics.BatchReceived;
import dev.kestrel.bus.Topics.BatchTaken;
import dev.kestrel.bus.Topics.ClusterChanged;
import dev.kestrel.bus.Topics.ClusterOwned;
import dev.kestrel.bus.Topics.CommandEnded;
import dev.kestrel.bus.Topics.CommandIssued;
import dev.kestrel.bus.Topics.IdentityRevoked;
import dev.kestrel.bus.Topics.IncidentChanged;
import dev.kestrel.bus.Topics.Noted;
import dev.kestrel.bus.Topics.StreamClosed;
import dev.kestrel.bus.Topics.StreamOpened;
import dev.kestrel.bus.Topics.WordGiven;
import dev.kestrel.bus.Topics.WordTaken;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * At least one message for every type that travels on the bus, and one for every sealed sibling.
 */
final class Samples {
    static final Instant AT = Instant.parse("2040-01-01T00:00:00.123456789Z");
    static final ClusterRef CLUSTER = new ClusterRef("acme", "prod");
    private static final ResourceRef POD = new ResourceRef("Pod", "shop", "checkout-1");
    private static final Principal ANN = new Principal("acme", "u1", "ann@acme", Role.APPROVER);
    private static final Fields FIELDS =
            Fields.of(
                    Map.of(
                            "text",
                            "ü\"\\\n",
                            "number",
                            3,
                            "large",
                            9_007_199_254_740_993L,
                            "half",
                            0.5,
                            "truth",
                            true,
                            "list",
                            List.of(1, "a", Map.of("k", "v")),
                            "empty",
                            Map.of()));

    private Samples() {}

    static List<Object> all() {
        return Stream.of(
                        streams(),
                        commands().map(command -> new CommandIssued(CLUSTER, command)),
                        dispatches(),
                        outcomes().map(outcome -> new CommandEnded(CLUSTER, "c1", outcome, AT)),
                        words().map(word -> new WordGiven(CLUSTER, "i1", word, AT)),
                        Stream.of(
                                new WordTaken(false, "PLAN_CHANGED: look again", 7),
                                new IncidentChanged(CLUSTER, "i1", 8),
                                new ClusterChanged(CLUSTER),
                                new IdentityRevoked(CLUSTER, "0a1b"),
                                new Topics.OwnerClaimed(CLUSTER, "node-1", 7),
                                new Topics.OwnerDropped(CLUSTER, "node-1")))
                .flatMap(samples -> samples)
                .map(Object.class::cast)
                .toList();
    }

    private static Stream<Object> streams() {
        return Stream.of(
                new StreamOpened(
                        "node-1",
                        CLUSTER,
                        "s1",
                        "b1",
                        3,
                        "0.1",
                        "v1.36.0",
                        true,
                        List.of("shop"),
                        List.of("Deployment"),
                        AT),
                new ClusterOwned(true, 41, ""),
                new BatchReceived(CLUSTER, "s1", AT, "b1", 42, new byte[] {0, -1, 127}),
                new BatchTaken(true, 42),
                new StreamClosed(CLUSTER, "s1", true, AT),
                new Noted(true));
    }

    static Stream<Observation> observations() {
        return Stream.of(
                new Observation.ObjectSeen(
                        new KubeObject(
                                POD,
                                "uid",
                                "17",
                                "v1",
                                FIELDS,
                                List.of(new KubeObject.FieldManager("kubectl", "Apply", AT, "")))),
                new Observation.ObjectGone(POD, "uid"),
                new Observation.SnapshotBegun("Pod"),
                new Observation.SnapshotCompleted("Pod", 3),
                new Observation.EventReported(
                        POD, "uid", "spec", true, "BackOff", "why", 3, AT, AT, "kubelet"),
                new Observation.LogLine(POD, "app", true, "text"),
                new Observation.FlowSeen(
                        new Observation.FlowEnd("shop", "checkout-1", "10.0.0.1"),
                        new Observation.FlowEnd("", "", "203.0.113.9"),
                        "TCP",
                        443,
                        Direction.EGRESS,
                        Observation.FlowVerdict.DENIED,
                        "POLICY_DENIED",
                        List.of(POD),
                        3,
                        AT,
                        AT),
                new Observation.SourceReported(
                        "logs", Observation.SourceState.STALE, Duration.ofMillis(1500), "late"),
                new Observation.SignalsShed("logs", 5, "spool_full"));
    }

    static Stream<Command> commands() {
        var manifest =
                new Manifest(
                        POD,
                        "v1",
                        FIELDS,
                        CanonicalJson.digest(FIELDS),
                        "uid",
                        Map.of("spec.replicas", "3"),
                        List.of("kubectl"));
        return Stream.of(
                new Command.Investigate(
                        "c1",
                        new Question("k8s.get", Map.of("kind", "Pod")),
                        Duration.ofSeconds(5)),
                new Command.CancelInvestigation("c1"),
                new Command.DryRun("c1", manifest),
                new Command.Apply("c1", manifest, "ann", AT),
                new Command.Undo("c2", "c1", manifest, AT));
    }

    static Stream<Dispatch> dispatches() {
        return Stream.of(
                new Dispatch.Taken("c1"),
                new Dispatch.Unreachable("gone"),
                new Dispatch.Declined("never"));
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(
                new Outcome.Answered(new Answer.Given("output", true), AT),
                new Outcome.Answered(new Answer.Refused("why"), AT),
                new Outcome.Answered(new Answer.Unknown("why"), AT),
                new Outcome.WouldApply(FIELDS, List.of("kubectl")),
                new Outcome.Applied("18", AT),
                new Outcome.Refused(Outcome.Reason.CONFLICT, "why", List.of("helm")));
    }

    static Stream<Word> words() {
        return Stream.of(
                new Word.Approve(ANN, "r1", "digest"),
                new Word.Reject(ANN, "r1", Word.RejectReason.TOO_RISKY, "no"),
                new Word.Acknowledge(ANN),
                new Word.Resolve(ANN, "done"),
                new Word.Judge(ANN, false, "no"));
    }
}
