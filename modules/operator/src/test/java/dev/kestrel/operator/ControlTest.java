package dev.kestrel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.operator.kube.JsonFields;
import dev.kestrel.protocol.CommandToWire;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.InvestigationResult;
import dev.kestrel.protocol.wire.v1.Refused;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.ToolOutcome;
import dev.kestrel.simulator.api.AuditEntry;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Commands over the real wire to an operator on a simulated cluster. */
final class ControlTest {
    private static final ResourceRef WEB = new ResourceRef("Deployment", "shop", "web");

    @Test
    void questionsAreAnsweredFromTheCluster() {
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(OperatorTest.WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            rig.readOnly();

            var get =
                    ask(
                            rig,
                            "get",
                            "k8s.get",
                            "kind",
                            "Deployment",
                            "namespace",
                            "shop",
                            "name",
                            "web");
            assertThat(output(get).at("spec", "replicas").number(0)).isEqualTo(2);
            assertThat(get.getOutput().toStringUtf8()).doesNotContain("hunter2", "managedFields");

            var list =
                    ask(rig, "list", "k8s.list", "kind", "Pod", "namespace", "shop", "limit", "1");
            assertThat(output(list).items()).hasSize(1);
            assertThat(list.getTruncated()).isTrue();

            var absent = ask(rig, "no", "k8s.get", "kind", "Pod", "namespace", "shop", "name", "x");
            assertThat(absent.getOutcome()).isEqualTo(ToolOutcome.TOOL_OUTCOME_ANSWERED);
            assertThat(absent.getOutput().toStringUtf8()).isEqualTo("not found");

            var secret =
                    ask(rig, "s", "k8s.get", "kind", "Secret", "namespace", "shop", "name", "x");
            assertThat(secret.getOutcome()).isEqualTo(ToolOutcome.TOOL_OUTCOME_REFUSED);

            var events = ask(rig, "e", "k8s.events", "namespace", "shop", "kind", "Deployment");
            assertThat(output(events).items())
                    .extracting(
                            event -> event.at("object").text(), event -> event.at("reason").text())
                    .contains(tuple("Deployment/shop/web", "ScalingReplicaSet"));
            assertThat(events.getOutput().toStringUtf8()).doesNotContain("resourceVersion");

            var closed = ask(rig, "t", "tcp.connect", "host", "127.0.0.1", "port", "1");
            assertThat(output(closed).at("result").text()).isEqualTo("refused");
            var open =
                    ask(
                            rig,
                            "o",
                            "tcp.connect",
                            "host",
                            "localhost",
                            "port",
                            Integer.toString(rig.cloud.streamPort()));
            assertThat(output(open).at("result").text()).isEqualTo("connected");
            var metadata = ask(rig, "m", "tcp.connect", "host", "169.254.169.254", "port", "80");
            assertThat(metadata.getOutcome()).isEqualTo(ToolOutcome.TOOL_OUTCOME_REFUSED);
        }
    }

    @Test
    void aCommandThatComesAgainGetsItsFirstAnswer() {
        try (var rig = new OperatorRig().writing()) {
            rig.cluster.apply(OperatorTest.WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            var apply = apply("apply-1", scale(rig, 3, List.of("kubectl-create")));
            var first = answer(rig, apply);
            var second = answer(rig, apply);

            assertThat(first.getActionResult().hasApplied()).as(first.toString()).isTrue();
            assertThat(second).isEqualTo(first);
            // A dry run, one with force because kubectl owns the field, and the apply.
            assertThat(rig.cluster.audit().stream().filter(ControlTest::isPatch))
                    .extracting(AuditEntry::code)
                    .containsExactly(409, 200, 200);
        }
    }

    @Test
    void anApprovedFixIsDryRunAppliedAndTakenBack() {
        try (var rig = new OperatorRig().writing()) {
            rig.cluster.apply(OperatorTest.WEB);
            rig.cluster.advance(Duration.ofSeconds(10));

            var trial =
                    answer(
                            rig,
                            new Command.DryRun("try", scale(rig, 3, List.of("kubectl-create"))));
            assertThat(trial.getDryRunResult().getAccepted().getTakesOverFromList())
                    .as(trial.toString())
                    .containsExactly("kubectl-create");
            assertThat(replicas(rig)).isEqualTo(2);

            var applied = answer(rig, apply("do", scale(rig, 3, List.of("kubectl-create"))));
            assertThat(applied.getActionResult().hasApplied()).as(applied.toString()).isTrue();
            assertThat(replicas(rig)).isEqualTo(3);

            var undo =
                    new Command.Undo(
                            "undo",
                            "do",
                            scale(rig, 3, 2, List.of()),
                            Instant.now().plusSeconds(60));
            var undone = answer(rig, undo);
            assertThat(undone.getActionResult().hasApplied()).as(undone.toString()).isTrue();
            assertThat(replicas(rig)).isEqualTo(2);
        }
    }

    @Test
    void whatIsNotAsItWasApprovedIsRefusedWithItsReason() {
        try (var rig = new OperatorRig().writing()) {
            rig.cluster.apply(OperatorTest.WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            var good = scale(rig, 3, List.of("kubectl-create"));

            assertThat(refusal(rig, apply("conflict", scale(rig, 3, List.of()))))
                    .satisfies(
                            refused ->
                                    assertThat(refused.getOwnedByList())
                                            .containsExactly("kubectl-create"))
                    .extracting(Refused::getReason)
                    .isEqualTo(Refused.Reason.CONFLICT);
            assertThat(
                            refusal(
                                            rig,
                                            new Command.Apply(
                                                    "late",
                                                    good,
                                                    "jane",
                                                    Instant.now().minusSeconds(1)))
                                    .getReason())
                    .isEqualTo(Refused.Reason.APPROVAL_EXPIRED);
            assertThat(refusal(rig, apply("drift", scale(rig, 7, 3, List.of()))).getReason())
                    .isEqualTo(Refused.Reason.DRIFTED);
            assertThat(
                            refusal(
                                            rig,
                                            new Command.Undo(
                                                    "undo",
                                                    "nothing",
                                                    good,
                                                    Instant.now().plusSeconds(60)))
                                    .getReason())
                    .isEqualTo(Refused.Reason.DRIFTED);
            assertThat(replicas(rig)).isEqualTo(2);
            assertThat(rig.cluster.audit().stream().filter(ControlTest::isPatch))
                    .extracting(AuditEntry::code)
                    .containsExactly(409);
        }
    }

    @Test
    void aReadOnlyOperatorRefusesToWriteWithoutAskingTheCluster() {
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(OperatorTest.WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            rig.readOnly();
            assertThat(
                            refusal(rig, apply("no", scale(rig, 3, List.of("kubectl-create"))))
                                    .getReason())
                    .isEqualTo(Refused.Reason.WRITE_DISABLED);
            assertThat(rig.cluster.audit()).noneMatch(entry -> entry.verb().equals("patch"));
        }
    }

    @Test
    void aContainerThatCrashesIsHeard() {
        try (var rig = new OperatorRig().readOnly()) {
            rig.cluster.apply(
                    OperatorTest.WEB.replace(
                            "env: [", "env: [{name: CRASH_AFTER, value: \"2s\"}, "));
            rig.cluster.advance(Duration.ofSeconds(30));

            Eventually.until(() -> rig.signals().anyMatch(Signal::hasLogLine));
            assertThat(rig.signals().filter(Signal::hasLogLine).map(Signal::getLogLine))
                    .allMatch(line -> line.getNamespace().equals("shop"))
                    .allMatch(line -> line.getContainer().equals("web"));
        }
    }

    private static boolean isPatch(AuditEntry entry) {
        return entry.verb().equals("patch");
    }

    private static InvestigationResult ask(
            OperatorRig rig, String id, String tool, String... arguments) {
        var said = new java.util.HashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            said.put(arguments[i], arguments[i + 1]);
        }
        return answer(
                        rig,
                        new Command.Investigate(
                                id, new Question(tool, said), Duration.ofSeconds(10)))
                .getInvestigationResult();
    }

    private static Fields output(InvestigationResult result) {
        return JsonFields.read(result.getOutput().toByteArray());
    }

    private static Refused refusal(OperatorRig rig, Command command) {
        var answer = answer(rig, command);
        assertThat(answer.getActionResult().hasRefused()).as(answer.toString()).isTrue();
        return answer.getActionResult().getRefused();
    }

    private static ControlUp answer(OperatorRig rig, Command command) {
        Eventually.until(() -> !rig.cloud.control.isEmpty());
        var before = answers(rig).size();
        rig.cloud.control.getLast().response().write(CommandToWire.write(command));
        Eventually.until(() -> answers(rig).size() > before);
        return answers(rig).getLast();
    }

    private static List<ControlUp> answers(OperatorRig rig) {
        return rig.cloud.answers.stream()
                .filter(up -> !up.hasHeartbeat() && !up.hasHello())
                .toList();
    }

    private static Command apply(String id, Manifest manifest) {
        return new Command.Apply(id, manifest, "jane", Instant.now().plusSeconds(60));
    }

    private static Manifest scale(OperatorRig rig, int to, List<String> takeOver) {
        return scale(rig, 2, to, takeOver);
    }

    private static Manifest scale(OperatorRig rig, int from, int to, List<String> takeOver) {
        var json =
                """
                {"apiVersion":"apps/v1","kind":"Deployment",
                 "metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":%d}}
                """
                        .formatted(to);
        var fields = JsonFields.read(json.getBytes(StandardCharsets.UTF_8));
        return new Manifest(
                WEB,
                "apps/v1",
                fields,
                CanonicalJson.digest(fields),
                rig.web().at("metadata", "uid").text(),
                Map.of("spec.replicas", Integer.toString(from)),
                takeOver);
    }

    private static long replicas(OperatorRig rig) {
        return rig.web().at("spec", "replicas").number(0);
    }
}
