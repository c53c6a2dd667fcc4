package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.NetworkAgent;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class NetworkAgentTest {
    private static final String AGENT = "DaemonSet/kube-system/net-agent";
    private static final Symptom REFUSED =
            Shop.symptom("pod.sandbox_failed@Deployment/shop/checkout", 0);

    private final Shop shop =
            new Shop()
                    .change(
                            0,
                            AGENT,
                            "{apiVersion: apps/v1, pods: 2, spec: {template: {spec: {hostNetwork:"
                                    + " true, containers: [{name: agent}], volumes: [{name: conf,"
                                    + " hostPath: {path: /etc/cni/net.d}}]}}}}");

    private Analysis examine(Symptom... symptoms) {
        return new NetworkAgent()
                .examine(ResourceRef.parse(AGENT), shop.topology(), List.of(symptoms), Shop.at(60));
    }

    private void agentOnNode1(String state) {
        shop.change(
                1,
                "Pod/kube-system/net-agent-1",
                "{status: {conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name:"
                        + " agent, state: {"
                        + state
                        + "}}]}}");
    }

    private void waiting(String pod) {
        shop.change(
                1,
                "Pod/shop/" + pod,
                "{status: {containerStatuses: [{name: app, state: {waiting: {reason:"
                        + " ContainerCreating}}}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRESENT | waiting: {reason: CrashLoopBackOff}",
                "PRESENT | running: {}",
                "UNCLEAR | waiting: {reason: ImagePullBackOff}",
                "UNCLEAR | terminated: {reason: OOMKilled}"
            })
    void onlyItsOwnReasonsSpeakForTheAgent(Verdict verdict, String state) {
        agentOnNode1(state);
        waiting("checkout-1");
        assertThat(examine(REFUSED).verdict()).isEqualTo(verdict);
    }

    @Test
    void aNodeWithAReadyAgentWhereSandboxesFailAsWellRefutesIt() {
        agentOnNode1("waiting: {reason: CrashLoopBackOff}");
        waiting("checkout-1");
        waiting("checkout-2");
        var analysis = examine(REFUSED);
        assertThat(analysis.verdict()).isEqualTo(Verdict.ABSENT);
        assertThat(analysis.summary()).contains("on node-2 either");
    }

    @Test
    void aReadyAgentIsNotIt() {
        waiting("checkout-1");
        assertThat(examine(REFUSED).verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void nobodyWaitsSoNobodyKnows() {
        agentOnNode1("waiting: {reason: CrashLoopBackOff}");
        assertThat(examine().verdict()).isEqualTo(Verdict.UNCLEAR);
    }

    @Test
    void aNodeThatSaysSoItselfCountsAsWell() {
        agentOnNode1("waiting: {reason: CrashLoopBackOff}");
        assertThat(examine(Shop.symptom("node.network_not_ready@Node/node-1", 0)).verdict())
                .isEqualTo(Verdict.PRESENT);
    }

    @Test
    void whoeverIsOnTheHostsNetworkWithoutPluginsIsNoAgent() {
        shop.change(
                1,
                "DaemonSet/kube-system/proxy",
                "{pods: 2, spec: {template: {spec: {hostNetwork: true, containers: [{name:"
                        + " proxy}]}}}}");
        var proxy = ResourceRef.parse("DaemonSet/kube-system/proxy");
        assertThat(NetworkAgent.is(proxy, shop.topology())).isFalse();
    }
}
