package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.Analyzer;
import dev.kestrel.domain.rca.analysis.NodeHog;
import dev.kestrel.domain.rca.analysis.NodeMemory;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who ate the memory of a node, told from what the kubelet said when it evicted. */
class NodeMemoryTest {
    private static final String CHECKOUT = "Deployment/shop/checkout";
    private static final String FRONTEND = "Deployment/shop/frontend";

    private final Shop shop = new Shop();

    private Verdict examine(Analyzer analyzer, String subject) {
        return analysis(analyzer, subject).verdict();
    }

    private Analysis analysis(Analyzer analyzer, String subject) {
        return analyzer.examine(
                ResourceRef.parse(subject),
                shop.topology(),
                List.of(
                        Shop.symptom("pod.evicted_for_memory@" + CHECKOUT, 0),
                        Shop.symptom("pod.evicted_for_memory@" + FRONTEND, 0)),
                Shop.at(60));
    }

    private void evicted(String pod, String words) {
        shop.change(
                0,
                "Pod/shop/" + pod,
                ("{status: {phase: Failed, reason: Evicted, startTime: '%s', message: 'The node was"
                                + " low on resource: memory. %s'}}")
                        .formatted(Shop.at(0), words));
    }

    @Test
    void whoeverIsFurthestBeyondItsRequestIsTheCause() {
        evicted("checkout-1", "Container app was using 3100Mi, request is 48Mi, has larger");
        evicted("frontend-1", "Container app was using 80Mi, request is 64Mi, has larger");
        assertThat(examine(new NodeHog(), CHECKOUT)).isEqualTo(Verdict.PRESENT);
        assertThat(analysis(new NodeHog(), CHECKOUT).summary())
                .contains("node-1 ran out", "by 3052Mi");
        assertThat(examine(new NodeHog(), FRONTEND)).isEqualTo(Verdict.ABSENT);
        assertThat(examine(new NodeMemory(), "Node/node-1")).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void theWordsOfOlderKubeletsCountAsWell() {
        evicted("checkout-1", "Container app was using 300Mi, which exceeds its request of 48Mi.");
        assertThat(examine(new NodeHog(), CHECKOUT)).isEqualTo(Verdict.PRESENT);
    }

    @Test
    void whereNobodyIsBeyondItsRequestItIsTheNode() {
        evicted("frontend-1", "Threshold quantity: 100Mi, available: 90Mi.");
        assertThat(examine(new NodeHog(), FRONTEND)).isEqualTo(Verdict.ABSENT);
        assertThat(examine(new NodeMemory(), "Node/node-1")).isEqualTo(Verdict.PRESENT);
        assertThat(examine(new NodeMemory(), "Node/node-2")).isEqualTo(Verdict.UNCLEAR);
    }

    @Test
    void theRequestIsRaisedToWhatWasSeenWhereANodeHasRoomForIt() {
        evicted("checkout-1", "Container app was using 1000Mi, request is 48Mi, has larger");
        assertThat(plan().orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.containers[app].resources.requests.memory",
                                "\"48Mi\"",
                                "\"1008Mi\""));
    }

    @Test
    void whereNoNodeHasRoomNothingIsOffered() {
        evicted("checkout-1", "Container app was using 4200Mi, request is 48Mi, has larger");
        assertThat(plan()).isEmpty();
    }

    @Test
    void withoutAnyWordOfUsageNothingIsOffered() {
        evicted("checkout-1", "Threshold quantity: 100Mi, available: 90Mi.");
        assertThat(plan()).isEmpty();
    }

    private Optional<Plan> plan() {
        return Fixes.plan(
                Shop.fix("fix.request_observed_memory"),
                new Cause("memory.beyond_request", ResourceRef.parse(CHECKOUT)),
                Map.of(),
                shop.topology());
    }
}
