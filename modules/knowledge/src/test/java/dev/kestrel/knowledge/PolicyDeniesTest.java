package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.Analyzers;
import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Whether a policy is what stops a call, told from the objects and from what was tried. */
class PolicyDeniesTest {
    private static final String POLICY = "NetworkPolicy/shop/one";
    private static final String DNS = "{ports: [{port: 53, protocol: UDP}, {port: 53}]}";

    private final Shop shop = new Shop();

    private Analysis caller() {
        return examine("policy_denies_caller");
    }

    private Analysis examine(String analyzer) {
        return Analyzers.find(analyzer)
                .orElseThrow()
                .examine(ResourceRef.parse(POLICY), shop.topology(), List.of(), Shop.at(0));
    }

    private void policy(String spec) {
        shop.change(
                0,
                POLICY,
                "{apiVersion: networking.k8s.io/v1, spec: {podSelector: {matchLabels: {app: %s}}, %s}}"
                        .formatted(
                                spec.substring(0, spec.indexOf(' ')),
                                spec.substring(spec.indexOf(' ') + 1)));
    }

    private void dropped(String from, String to) {
        shop.topology()
                .note(
                        new FlowSeen(
                                new FlowEnd("shop", from, ""),
                                new FlowEnd("shop", to, ""),
                                "TCP",
                                80,
                                Direction.INGRESS,
                                FlowVerdict.DENIED,
                                "POLICY_DENIED",
                                List.of(),
                                9,
                                Shop.at(0),
                                Shop.at(0)));
    }

    @Test
    void aCallThatWasTriedAndThatNoRuleAllowsNamesTheRule() {
        policy("payments policyTypes: [Ingress]");
        dropped("checkout-1", "payments-1");

        assertThat(caller().verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(caller().summary())
                .isEqualTo(
                        "NetworkPolicy/shop/one stops the call from Deployment/shop/checkout to"
                                + " Deployment/shop/payments: no ingress rule of it allows TCP 80");
        assertThat(caller().flips())
                .containsExactly(new Analysis.Flip(ResourceRef.parse(POLICY), "spec.ingress"));
    }

    @Test
    void whatConfigurationNamesIsNotEnoughWhileNobodyIsInTrouble() {
        policy("payments policyTypes: [Ingress]");

        assertThat(caller().verdict()).isEqualTo(Verdict.UNCLEAR);
    }

    @Test
    void aPolicyThatAllowsWhatWasDroppedIsNotTheOne() {
        policy("payments ingress: [{from: [{podSelector: {}}]}]");
        dropped("checkout-1", "payments-1");

        assertThat(caller().verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aPolicyOnSomebodyElseIsNotTheOne() {
        policy("frontend policyTypes: [Ingress]");
        dropped("checkout-1", "payments-1");

        assertThat(caller().verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void whoCannotAskForNamesHasNotTriedToCall() {
        policy("checkout policyTypes: [Egress]");

        assertThat(examine("policy_denies_dns").verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(caller().verdict()).isEqualTo(Verdict.UNCLEAR);
    }

    @Test
    void aRuleForPort53LetsNamesBeAskedFor() {
        policy("checkout policyTypes: [Egress], egress: [%s]".formatted(DNS));

        assertThat(examine("policy_denies_dns").verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aPolicyThatIsNoMoreSaysNothing() {
        assertThat(caller().verdict()).isEqualTo(Verdict.UNCLEAR);
        assertThat(examine("policy_denies_dns").verdict()).isEqualTo(Verdict.UNCLEAR);
    }
}
