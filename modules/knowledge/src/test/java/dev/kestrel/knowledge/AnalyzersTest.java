package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.Analyzers;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class AnalyzersTest {
    private static final String CHECKOUT = "Deployment/shop/checkout";
    private static final String POD = "Pod/shop/checkout-1";

    private final Shop shop = new Shop();

    private Analysis examine(String analyzer, String subject, Symptom... symptoms) {
        return Analyzers.find(analyzer)
                .orElseThrow()
                .examine(
                        ResourceRef.parse(subject), shop.topology(), List.of(symptoms), Shop.at(0));
    }

    private void pod(String containerStatus) {
        shop.change(
                0, POD, "{status: {containerStatuses: [{name: app, " + containerStatus + "}]}}");
    }

    @Test
    void idsAreUniqueAndTheEmptyOneIsNobodys() {
        assertThat(Analyzers.ALL).extracting(one -> one.id()).doesNotHaveDuplicates();
        assertThat(Analyzers.find("")).isEmpty();
    }

    @Test
    void aKillAtTheOwnLimitNamesTheLimitAndItsField() {
        pod("lastState: {terminated: {reason: OOMKilled}}");
        var analysis = examine("memory_limit_is_own", CHECKOUT);

        assertThat(analysis.verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(analysis.summary()).contains("its own limit of 48Mi");
        assertThat(analysis.flips())
                .containsExactly(
                        new Analysis.Flip(
                                ResourceRef.parse(CHECKOUT),
                                "spec.template.spec.containers[app].resources.limits.memory"));
        assertThat(analysis.evidence())
                .extracting(Evidence::origin)
                .containsExactly(Evidence.Origin.ANALYSIS);
    }

    @Test
    void aKillWithoutALimitIsTheNodes() {
        shop.change(
                0,
                "Pod/shop/frontend-1",
                "{status: {containerStatuses: [{name: app, lastState: {terminated: {reason:"
                        + " OOMKilled}}}]}}");

        assertThat(examine("memory_limit_is_own", "Deployment/shop/frontend").verdict())
                .isEqualTo(Verdict.ABSENT);
    }

    @Test
    void whereTheKernelHadToChooseAVictimTheLimitMayBeInnocent() {
        pod("lastState: {terminated: {reason: OOMKilled}}");
        var elsewhere = Shop.symptom("node.system_oom@Node/node-2", 0);
        var here = Shop.symptom("node.system_oom@Node/node-1", 0);

        assertThat(examine("memory_limit_is_own", CHECKOUT, elsewhere).verdict())
                .isEqualTo(Verdict.PRESENT);
        assertThat(examine("memory_limit_is_own", CHECKOUT, here).verdict())
                .isEqualTo(Verdict.UNCLEAR);
    }

    @Test
    void anyOtherEndIsNoKillForMemory() {
        pod("lastState: {terminated: {reason: Error, exitCode: 137}}");

        assertThat(examine("memory_limit_is_own", CHECKOUT).verdict()).isEqualTo(Verdict.ABSENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRESENT | ErrImagePull | code = NotFound desc = workload v11 not found",
                "PRESENT | ImagePullBackOff | ErrImagePull manifest unknown",
                "ABSENT | ErrImagePull | pull access denied, repository does not exist",
                "ABSENT | ErrImagePull | dial tcp lookup registry.shop.internal no such host",
                "ABSENT | ErrImagePull | toomanyrequests rate limit",
                "UNCLEAR | ImagePullBackOff | Back-off pulling image",
                "ABSENT | CrashLoopBackOff | restarting failed container not found"
            })
    void theWordsOfTheRegistryDecide(Verdict verdict, String reason, String message) {
        pod("state: {waiting: {reason: %s, message: '%s'}}".formatted(reason, message));

        assertThat(examine("image_tag_not_in_registry", CHECKOUT).verdict()).isEqualTo(verdict);
    }

    @Test
    void theRevisionBeforeNamesTheImageThatWorked() {
        shop.change(
                0,
                CHECKOUT,
                "{spec: {template: {spec: {containers: [{name: app, image: 'workload:v11'}]}}}}");
        shop.change(
                1,
                POD,
                "{spec: {containers: [{name: app, image: 'workload:v11'}]}, status:"
                    + " {containerStatuses: [{name: app, state: {waiting: {reason: ErrImagePull,"
                    + " message: not found}}}]}}");

        assertThat(examine("image_tag_not_in_registry", CHECKOUT).summary())
                .isEqualTo(
                        "Image workload:v11 is not in the registry; the revision before ran"
                                + " workload:v1");
    }

    private void pending(String requests, String more) {
        shop.change(
                0,
                POD,
                "{spec: {nodeName: null, containers: [{name: app, resources: {requests: {cpu: '%s'}}}]%s}, status: {phase: Pending}}"
                        .formatted(requests, more));
    }

    @Test
    void aRequestThatJustFitsHasANodeAndOneMoreHasNone() {
        // Each node has 2 cores, of which three pods with 100m each take 300m.
        pending("1700m", "");
        assertThat(examine("no_node_has_room", CHECKOUT).verdict()).isEqualTo(Verdict.ABSENT);

        pending("1701m", "");
        var analysis = examine("no_node_has_room", CHECKOUT);
        assertThat(analysis.verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(analysis.evidence().getFirst().excerpt()).contains("node-1 has left", "node-2");
        assertThat(analysis.flips())
                .extracting(Analysis.Flip::path)
                .contains("spec.template.spec.containers[app].resources.requests.cpu");
    }

    @Test
    void constraintsThatNoNodeMeetsAreNotAQuestionOfRoom() {
        pending("64", ", nodeSelector: {zone: c}");

        assertThat(examine("no_node_has_room", CHECKOUT).verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aTaintedNodeCountsOnlyForPodsThatTolerateIt() {
        shop.change(0, "Node/node-1", "{spec: {taints: [{key: gpu, effect: NoSchedule}]}}");
        shop.change(0, "Node/node-2", "{spec: {unschedulable: true}}");
        pending("100m", "");
        assertThat(examine("no_node_has_room", CHECKOUT).summary()).contains("constraints");

        pending("100m", ", tolerations: [{key: gpu, operator: Exists}]");
        assertThat(examine("no_node_has_room", CHECKOUT).summary()).contains("1 of 1 nodes");
    }

    @Test
    void theLabelThatDiffersIsNamed() {
        shop.change(0, "Service/shop/checkout", "{spec: {selector: {app: chekout}}}");
        var analysis = examine("selector_matches_no_pod", "Service/shop/checkout");

        assertThat(analysis.verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(analysis.summary()).contains(CHECKOUT + " comes nearest and differs in app");
        assertThat(analysis.flips())
                .extracting(Analysis.Flip::path)
                .containsExactly("spec.selector.app", "spec.template.metadata.labels.app");
    }

    @Test
    void aSelectorWhoseWorkloadHasNoPodsIsRight() {
        shop.change(0, CHECKOUT, "{spec: {replicas: 0}, pods: 0}");

        assertThat(examine("selector_matches_no_pod", "Service/shop/checkout").verdict())
                .isEqualTo(Verdict.ABSENT);
    }

    @Test
    void withoutNeighboursNobodyKnowsWhatTheSelectorMeant() {
        shop.change(0, "Service/shop/x", "{spec: {selector: {role: nothing}}}");

        assertThat(examine("selector_matches_no_pod", "Service/shop/x").verdict())
                .isEqualTo(Verdict.UNCLEAR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRESENT | {spec: {replicas: 0}, pods: 0} | {}",
                "PRESENT | {} | waiting: {reason: CrashLoopBackOff}",
                "UNCLEAR | {} | waiting: {reason: ImagePullBackOff}",
                "UNCLEAR | {} | terminated: {reason: OOMKilled}",
                "UNCLEAR | {} | running: {}"
            })
    void onlyItsOwnReasonsSpeakForDns(Verdict verdict, String deployment, String state) {
        for (var pod : List.of("coredns-1", "coredns-2")) {
            shop.change(
                    0,
                    "Pod/kube-system/" + pod,
                    "{status: {conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name: coredns, state: {%s}}]}}"
                            .formatted(state.equals("{}") ? "" : state));
        }
        shop.change(1, "Deployment/kube-system/coredns", deployment);

        assertThat(
                        examine("cluster_dns_has_no_ready_pod", "Deployment/kube-system/coredns")
                                .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void dnsWithAReadyPodIsNotDownAndOtherWorkloadsServeNoNames() {
        assertThat(
                        examine("cluster_dns_has_no_ready_pod", "Deployment/kube-system/coredns")
                                .verdict())
                .isEqualTo(Verdict.ABSENT);
        assertThat(examine("cluster_dns_has_no_ready_pod", CHECKOUT).verdict())
                .isEqualTo(Verdict.UNCLEAR);
    }
}
