package dev.kestrel.domain.topology.policy;

import static dev.kestrel.domain.scenario.Given.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the documentation of NetworkPolicies says, and what people expect otherwise. */
class PolicyTrapsTest {
    private static final End.Pod CHECKOUT = pod("shop", "checkout", "10.244.1.7");
    private static final End.Pod CART = pod("shop", "cart", "10.244.2.9");
    private static final End.Pod PAYMENTS = pod("payments", "payments", "10.244.3.5");
    private static final End.Address OUTSIDE = new End.Address("203.0.113.9");

    private static End.Pod pod(String namespace, String app, String address) {
        return new End.Pod(
                object(
                        "Pod/" + namespace + "/" + app + "-1",
                        "metadata.labels = {app: %s, tier: backend}".formatted(app),
                        "spec.containers = [{name: app, ports: [{name: http, containerPort:"
                                + " 8080}]}]",
                        "status.podIP = " + address,
                        "status.hostIP = 192.0.2.1"),
                Map.of(End.NAMESPACE_NAME, namespace, "team", namespace));
    }

    private static KubeObject policy(String ref, String spec) {
        return object("NetworkPolicy/" + ref, "spec = " + spec);
    }

    private static Call to(End from, End to, int port) {
        return new Call(from, to, port, "TCP");
    }

    private static Passage judge(Call call, KubeObject... policies) {
        return NetworkPolicies.of(List.of(policies)).judge(call);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "without rules it denies all ingress | {podSelector: {}} | false",
                "an absent list of types means ingress | {podSelector: {}, ingress: []} | false",
                "an empty rule allows everybody | {podSelector: {}, ingress: [{}]} | true",
                "an empty list of peers allows everybody | {podSelector: {}, ingress: [{from: []}]}"
                        + " | true",
                "types decide, not the rules that are there | {podSelector: {}, policyTypes:"
                        + " [Egress], ingress: []} | true",
                "whom it does not select it does not isolate | {podSelector: {matchLabels: {app:"
                        + " cart}}} | true",
                "pods alone are those of its own namespace | {podSelector: {}, ingress: [{from:"
                        + " [{podSelector: {}}]}]} | false",
                "an empty namespaceSelector is all namespaces | {podSelector: {}, ingress: [{from:"
                        + " [{namespaceSelector: {}}]}]} | true",
                "both in one entry must match | {podSelector: {}, ingress: [{from:"
                        + " [{namespaceSelector: {matchLabels: {team: shop}}, podSelector:"
                        + " {matchLabels: {app: cart}}}]}]} | false",
                "in two entries either may match | {podSelector: {}, ingress: [{from:"
                        + " [{namespaceSelector: {matchLabels: {team: shop}}}, {podSelector:"
                        + " {matchLabels: {app: cart}}}]}]} | true",
                "NotIn also matches where there is no such label | {podSelector: {}, ingress:"
                        + " [{from: [{namespaceSelector: {matchExpressions: [{key: stage, operator:"
                        + " NotIn, values: [test]}]}}]}]} | true",
                "a block does not hold what it excepts | {podSelector: {}, ingress: [{from:"
                        + " [{ipBlock: {cidr: 10.244.0.0/16, except: [10.244.1.0/24]}}]}]} | false",
                "a block holds pods as well | {podSelector: {}, ingress: [{from: [{ipBlock: {cidr:"
                        + " 10.244.0.0/16}}]}]} | true",
                "a peer that says nothing is nobody | {podSelector: {}, ingress: [{from: [{}]}]} |"
                        + " false",
                "another port is another call | {podSelector: {}, ingress: [{ports: [{port: 80}]}]}"
                        + " | false",
                "the port is the pod's and not the Service's | {podSelector: {}, ingress: [{ports:"
                        + " [{port: 8080}]}]} | true",
                "a named port is looked up at the destination | {podSelector: {}, ingress: [{ports:"
                        + " [{port: http}]}]} | true",
                "a name that no container has is no port | {podSelector: {}, ingress: [{ports:"
                        + " [{port: web}]}]} | false",
                "endPort is part of the range | {podSelector: {}, ingress: [{ports: [{port: 8000,"
                        + " endPort: 8080}]}]} | true",
                "a port without protocol is TCP | {podSelector: {}, ingress: [{ports: [{protocol:"
                        + " UDP, port: 8080}]}]} | false",
                "a protocol alone is all its ports | {podSelector: {}, ingress: [{ports:"
                        + " [{protocol: TCP}]}]} | true",
                "peers and ports of one rule must both match | {podSelector: {}, ingress: [{from:"
                    + " [{podSelector: {}}], ports: [{port: 8080}]}, {from: [{namespaceSelector:"
                    + " {}}], ports: [{port: 80}]}]} | false",
            })
    void ingressOfPaymentsFromCheckout(String reason, String spec, boolean allowed) {
        var passage = judge(to(CHECKOUT, PAYMENTS, 8080), policy("payments/one", spec));

        assertThat(passage instanceof Passage.Allowed).as(reason).isEqualTo(allowed);
    }

    @Test
    void bothEndsMustAgreeAndEachSaysWhatStandsInTheWay() {
        var passage =
                judge(
                        to(CHECKOUT, PAYMENTS, 8080),
                        policy("shop/quiet", "{podSelector: {}, policyTypes: [Egress]}"),
                        policy("payments/closed", "{podSelector: {}}"));

        assertThat(passage)
                .isEqualTo(
                        new Passage.Denied(
                                List.of(
                                        denial(Direction.EGRESS, CHECKOUT, "shop/quiet"),
                                        denial(Direction.INGRESS, PAYMENTS, "payments/closed"))));
    }

    private static Passage.Denial denial(Direction direction, End.Pod at, String... policies) {
        return new Passage.Denial(
                direction,
                at.ref(),
                Stream.of(policies)
                        .map(name -> ResourceRef.parse("NetworkPolicy/" + name))
                        .toList());
    }

    @Test
    void policiesAddUpSoOneThatAllowsIsEnough() {
        var closed = policy("payments/closed", "{podSelector: {}}");
        var open =
                policy(
                        "payments/open",
                        "{podSelector: {matchLabels: {app: payments}}, ingress: [{from:"
                                + " [{namespaceSelector: {}}]}]}");

        assertThat(judge(to(CHECKOUT, PAYMENTS, 8080), closed, open))
                .isEqualTo(new Passage.Allowed());
    }

    @Test
    void onlyWhatIsolatesIsNamedAndNotItsNeighbours() {
        var passage =
                judge(
                        to(CHECKOUT, PAYMENTS, 8080),
                        policy("payments/first", "{podSelector: {}}"),
                        policy("payments/second", "{podSelector: {matchLabels: {tier: backend}}}"),
                        policy("payments/other", "{podSelector: {matchLabels: {app: ledger}}}"),
                        policy("shop/same", "{podSelector: {}}"));

        assertThat(passage)
                .isEqualTo(
                        new Passage.Denied(
                                List.of(
                                        denial(
                                                Direction.INGRESS,
                                                PAYMENTS,
                                                "payments/first",
                                                "payments/second"))));
    }

    @Test
    void egressRulesWithoutTypesIsolateEgressToo() {
        var rules = "{podSelector: {}, egress: [{to: [{podSelector: {}}]}]}";

        assertThat(judge(to(CHECKOUT, CART, 8080), policy("shop/one", rules)))
                .isEqualTo(
                        new Passage.Denied(List.of(denial(Direction.INGRESS, CART, "shop/one"))));
        assertThat(judge(to(CHECKOUT, OUTSIDE, 443), policy("shop/one", rules)))
                .isEqualTo(
                        new Passage.Denied(
                                List.of(denial(Direction.EGRESS, CHECKOUT, "shop/one"))));
    }

    @Test
    void anEmptyListOfEgressRulesWithoutTypesSaysNothingOfEgress() {
        assertThat(
                        judge(
                                to(CHECKOUT, OUTSIDE, 443),
                                policy("shop/one", "{podSelector: {}, egress: []}")))
                .isEqualTo(new Passage.Allowed());
    }

    @Test
    void dnsNeedsItsOwnRuleAndItsProtocol() {
        var dns = pod("kube-system", "coredns", "10.244.0.2");
        var web = "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]}";

        assertThat(judge(new Call(CHECKOUT, dns, 53, "UDP"), policy("shop/one", web)))
                .isInstanceOf(Passage.Denied.class);
        assertThat(judge(new Call(CHECKOUT, dns, 53, "TCP"), policy("shop/one", web)))
                .isEqualTo(new Passage.Allowed());
    }

    @Test
    void anAddressOutsideHasNoNamedPorts() {
        var named = "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}";

        assertThat(judge(to(CHECKOUT, OUTSIDE, 8080), policy("shop/one", named)))
                .isInstanceOf(Passage.Denied.class);
        assertThat(judge(to(CHECKOUT, PAYMENTS, 8080), policy("shop/one", named)))
                .isEqualTo(new Passage.Allowed());
    }

    @Test
    void aPodReachesItselfAndItsOwnNodeReachesIt() {
        var closed = policy("shop/closed", "{podSelector: {}, policyTypes: [Ingress, Egress]}");

        assertThat(judge(to(CHECKOUT, CHECKOUT, 8080), closed)).isEqualTo(new Passage.Allowed());
        assertThat(judge(to(new End.Address("192.0.2.1"), CHECKOUT, 8080), closed))
                .isEqualTo(new Passage.Allowed());
        assertThat(judge(to(new End.Address("192.0.2.2"), CHECKOUT, 8080), closed))
                .isInstanceOf(Passage.Denied.class);
    }

    @Test
    void aPodOnItsHostsNetworkIsKnownByAddressOnly() {
        var agent =
                new End.Pod(
                        object(
                                "Pod/shop/agent",
                                "metadata.labels.app = agent",
                                "spec.hostNetwork = true",
                                "status.podIP = 192.0.2.7",
                                "status.hostIP = 192.0.2.7"),
                        Map.of(End.NAMESPACE_NAME, "shop"));
        var all = policy("shop/all", "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}");
        var block =
                policy(
                        "shop/all",
                        "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}");

        assertThat(judge(to(agent, CHECKOUT, 8080), all)).isInstanceOf(Passage.Denied.class);
        assertThat(judge(to(agent, CHECKOUT, 8080), block)).isEqualTo(new Passage.Allowed());
        assertThat(judge(to(CHECKOUT, agent, 8080), all)).isEqualTo(new Passage.Allowed());
    }

    @Test
    void blocksKeepToTheirFamily() {
        var six =
                policy(
                        "shop/six",
                        "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr:"
                                + " \"2001:db8::/32\"}}]}]}");

        assertThat(judge(to(CHECKOUT, new End.Address("2001:db8::7"), 443), six))
                .isEqualTo(new Passage.Allowed());
        assertThat(judge(to(CHECKOUT, OUTSIDE, 443), six)).isInstanceOf(Passage.Denied.class);
    }

    @Test
    void whatWouldChangeIsAskedOfThePoliciesAsTheyWouldBe() {
        var now = NetworkPolicies.of(List.of(policy("payments/one", "{podSelector: {}}")));
        var then = now.with(policy("payments/one", "{podSelector: {}, ingress: [{}]}"));

        assertThat(now.judge(to(CHECKOUT, PAYMENTS, 8080))).isInstanceOf(Passage.Denied.class);
        assertThat(then.judge(to(CHECKOUT, PAYMENTS, 8080))).isEqualTo(new Passage.Allowed());
    }
}
