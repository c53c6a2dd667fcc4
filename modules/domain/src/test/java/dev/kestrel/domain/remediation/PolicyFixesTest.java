package dev.kestrel.domain.remediation;

import static dev.kestrel.domain.scenario.Given.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule that a policy lacks is computed, and so is all that it opens. */
class PolicyFixesTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final ResourceRef POLICY = ResourceRef.parse("NetworkPolicy/payments/closed");

    private final Topology topology = new Topology();
    private int seconds;

    private void see(KubeObject object) {
        topology.apply(object, T0.plusSeconds(seconds++));
    }

    private void workload(String namespace, String name, String labels) {
        see(
                object(
                        "Deployment/%s/%s".formatted(namespace, name),
                        "spec.selector.matchLabels = {app: %s}".formatted(name),
                        "spec.template.metadata.labels = " + labels));
        see(
                object(
                        "ReplicaSet/%s/%s-7".formatted(namespace, name),
                        "metadata.ownerReferences = [{kind: Deployment, name: %s, controller: true}]"
                                .formatted(name)));
        see(
                object(
                        "Pod/%s/%s-7-1".formatted(namespace, name),
                        "metadata.labels = " + labels,
                        "metadata.ownerReferences = [{kind: ReplicaSet, name: %s-7, controller: true}]"
                                .formatted(name),
                        "spec.containers = [{name: app, ports: [{name: http, containerPort: 8080},"
                                + " {name: admin, containerPort: 9000}]}]",
                        "status.phase = Running"));
    }

    private void policy(String spec) {
        see(object(POLICY.toString(), "spec = " + spec));
    }

    private void denied(String from, String to, String protocol, int port, Direction direction) {
        var at = T0.plusSeconds(seconds);
        topology.note(
                new FlowSeen(
                        end(from),
                        end(to),
                        protocol,
                        port,
                        direction,
                        FlowVerdict.DENIED,
                        "POLICY_DENIED",
                        List.of(),
                        6,
                        at,
                        at));
    }

    private static FlowEnd end(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? new FlowEnd("", "", text)
                : new FlowEnd(text.substring(0, slash), text.substring(slash + 1), "");
    }

    private Optional<Plan> plan(String fix) {
        var cause = new Cause("network.policy_denies_caller", POLICY);
        var declared = new FixDeclaration(fix, fix, 1, "", List.of(), "here");
        return Fixes.plan(declared, cause, Map.of(), topology);
    }

    private void shop() {
        workload("shop", "checkout", "{app: checkout, tier: backend}");
        workload("shop", "cart", "{app: cart, tier: backend}");
        workload("payments", "payments", "{app: payments}");
    }

    @Test
    void theRuleLetsInTheCallersPodsOnTheirPortAndNobodyElse() {
        shop();
        policy("{podSelector: {matchLabels: {app: payments}}, policyTypes: [Ingress]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.INGRESS);

        var plan = plan("fix.allow_flow").orElseThrow();

        assertThat(CanonicalJson.write(plan.manifest().fields().at("spec")))
                .isEqualTo(
                        "{\"ingress\":[{\"from\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"shop\"}},"
                            + "\"podSelector\":{\"matchLabels\":{\"app\":\"checkout\"}}}],"
                            + "\"ports\":[{\"port\":8080,\"protocol\":\"TCP\"}]}]}");
        assertThat(plan.simulated())
                .containsExactly(
                        "Deployment/shop/checkout to Deployment/payments/payments, TCP 8080 would"
                                + " pass",
                        "nothing else would be opened");
    }

    @Test
    void rulesThatAreThereStay() {
        shop();
        policy("{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.INGRESS);

        var rules = plan("fix.allow_flow").orElseThrow().manifest().fields().at("spec", "ingress");

        assertThat(rules.items()).hasSize(2);
        assertThat(CanonicalJson.write(rules.items().getFirst()))
                .isEqualTo("{\"from\":[{\"podSelector\":{}}]}");
    }

    @Test
    void whereLabelsDoNotTellWorkloadsApartThePlanSaysWhatElseOpens() {
        shop();
        workload("shop", "twin", "{app: checkout, tier: backend}");
        policy("{podSelector: {}, policyTypes: [Ingress]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.INGRESS);

        assertThat(plan("fix.allow_flow").orElseThrow().simulated())
                .contains(
                        "also opens Deployment/shop/twin to Deployment/payments/payments, TCP"
                                + " 8080");
    }

    @Test
    void anAddressOutsideIsLetThroughAlone() {
        shop();
        policy("{podSelector: {}, policyTypes: [Egress]}");
        denied("payments/payments-7-1", "203.0.113.9", "TCP", 443, Direction.EGRESS);

        assertThat(
                        CanonicalJson.write(
                                plan("fix.allow_flow")
                                        .orElseThrow()
                                        .manifest()
                                        .fields()
                                        .at("spec", "egress")))
                .isEqualTo(
                        "[{\"ports\":[{\"port\":443,\"protocol\":\"TCP\"}],\"to\":[{\"ipBlock\":{\"cidr\":\"203.0.113.9/32\"}}]}]");
    }

    @Test
    void whatAnotherPolicyStopsAsWellIsNotMendedHere() {
        shop();
        see(object("NetworkPolicy/shop/quiet", "spec = {podSelector: {}, policyTypes: [Egress]}"));
        policy("{podSelector: {}, policyTypes: [Ingress]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.EGRESS);

        assertThat(plan("fix.allow_flow")).isEmpty();
    }

    @Test
    void aRuleThatWasTakenAwayIsPutBack() {
        shop();
        var before = "[{from: [{namespaceSelector: {}}], ports: [{port: http}]}]";
        policy("{podSelector: {}, policyTypes: [Ingress], ingress: %s}".formatted(before));
        policy("{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.INGRESS);

        var plan = plan("fix.restore_policy").orElseThrow();

        assertThat(CanonicalJson.write(plan.manifest().fields().at("spec")))
                .isEqualTo(
                        "{\"ingress\":[{\"from\":[{\"namespaceSelector\":{}}],\"ports\":[{\"port\":\"http\"}]}]}");
        assertThat(plan.simulated())
                .contains(
                        "also opens Deployment/shop/cart to Deployment/payments/payments, TCP"
                                + " 8080");
        assertThat(CanonicalJson.write(plan.undo().fields().at("spec", "ingress")))
                .isEqualTo("[{\"from\":[{\"podSelector\":{}}]}]");
    }

    @Test
    void aChangeThatDidNotStopTheCallIsNotTakenBack() {
        shop();
        policy("{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}");
        policy("{podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 9000}]}]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.INGRESS);

        assertThat(plan("fix.restore_policy")).isEmpty();
        assertThat(plan("fix.allow_flow")).isPresent();
    }

    @Test
    void aPolicyThatStopsNothingWantedIsLeftAlone() {
        shop();
        policy("{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}");
        denied("shop/checkout-7-1", "payments/payments-7-1", "TCP", 8080, Direction.INGRESS);

        assertThat(plan("fix.allow_flow")).isEmpty();
        assertThat(plan("fix.restore_policy")).isEmpty();
    }
}
