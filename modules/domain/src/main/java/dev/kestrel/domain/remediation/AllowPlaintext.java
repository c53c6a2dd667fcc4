package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Edge;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.mesh.PlaintextCalls;
import dev.kestrel.domain.topology.mesh.PlaintextCalls.Refused;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A policy demands mutual TLS of callers outside the mesh. Where it selects its workloads, plain
 * text is permitted on exactly the ports that are called so; where it did not demand it before, its
 * mode from before is put back. A whole namespace is opened for no other reason.
 */
final class AllowPlaintext implements Fix {
    private static final String MODE = "spec.mtls.mode";
    private static final String PERMISSIVE = "PERMISSIVE";

    @Override
    public String id() {
        return "fix.allow_plaintext";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        var refused = PlaintextCalls.refusedBy(cause.at(), topology);
        return refused.isEmpty()
                ? Optional.empty()
                : topology.find(cause.at())
                        .flatMap(
                                policy ->
                                        onPorts(policy, refused)
                                                .or(() -> before(policy, refused, topology)));
    }

    /** Ports can only be told apart in a policy that selects whom it binds. */
    private static Optional<Draft> onPorts(KubeObject policy, List<Refused> refused) {
        if (policy.at("spec", "selector", "matchLabels").texts().isEmpty()) {
            return Optional.empty();
        }
        var edits =
                refused.stream()
                        .map(Refused::port)
                        .distinct()
                        .sorted()
                        .map(
                                port ->
                                        Edit.of(
                                                "spec.portLevelMtls.%d.mode".formatted(port),
                                                PERMISSIVE))
                        .toList();
        return Optional.of(
                new Draft(
                        policy,
                        edits,
                        "Permit plain text on the ports of %s that are called so"
                                .formatted(policy.ref()),
                        explained(refused),
                        List.of(opened(refused))));
    }

    private static Optional<Draft> before(
            KubeObject policy, List<Refused> refused, Topology topology) {
        return topology.changes(policy.ref()).stream()
                .flatMap(change -> change.fields().stream())
                .filter(field -> field.path().equals(MODE))
                .findFirst()
                .map(Change.FieldChange::before)
                .filter(Fields::isPresent)
                .filter(mode -> !mode.equals(policy.at("spec", "mtls", "mode")))
                .map(
                        mode ->
                                new Draft(
                                        policy,
                                        List.of(Edit.of(MODE, mode.text())),
                                        "Put the mode of %s back".formatted(policy.ref()),
                                        explained(refused)
                                                + " Before its last change the mode was "
                                                + mode.text()
                                                + ".",
                                        List.of(opened(refused), alsoBound(policy, topology))));
    }

    private static String explained(List<Refused> refused) {
        return refused.stream()
                .map(
                        call ->
                                "%s calls port %d of %s in plain text, because its pods are not in the mesh."
                                        .formatted(call.caller(), call.port(), call.called()))
                .distinct()
                .limit(4)
                .collect(Collectors.joining(" "));
    }

    private static String opened(List<Refused> refused) {
        return "plain text is taken again on "
                + refused.stream()
                        .map(call -> "port %d of %s".formatted(call.port(), call.called()))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** All that the mode is about, so that nobody approves more than they know of. */
    private static String alsoBound(KubeObject policy, Topology topology) {
        return "the same then holds for all that the policy binds: "
                + topology.from(policy.ref(), Relation.POLICY_ON).stream()
                        .map(Edge::to)
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
    }
}
