package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.placement.Constraint;
import dev.kestrel.domain.placement.Demand;
import dev.kestrel.domain.placement.Feasibility;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Of which constraints it hangs that no node takes a pod. node-1 is in zone a, node-2 in zone b.
 */
class PlacementTest {
    private static final ResourceRef SEARCH = ResourceRef.parse("Deployment/shop/search");

    private final Shop shop = new Shop();

    private Fields search(String spec) {
        shop.change(
                0,
                SEARCH.toString(),
                "{apiVersion: apps/v1, spec: {template: {spec: {%s}}}}".formatted(spec));
        return shop.topology().find(SEARCH).orElseThrow().at("spec", "template", "spec");
    }

    private Feasibility judge(String spec) {
        return Feasibility.of(Demand.of(search(spec)), shop.topology());
    }

    private static String term(String expression) {
        return ("affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                        + " {nodeSelectorTerms: [{%s}]}}}")
                .formatted(expression);
    }

    private Optional<Plan> plan(String fix) {
        return Fixes.plan(
                Objects.requireNonNull(Shop.MODEL.fixes().get(fix)),
                new Cause("any", SEARCH),
                Map.of(),
                shop.topology());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "matchExpressions: [{key: zone, operator: In, values: [a, c]}] | node-1",
                "matchExpressions: [{key: zone, operator: NotIn, values: [a]}] | node-2",
                "matchExpressions: [{key: rank, operator: Exists}] | node-2",
                "matchExpressions: [{key: rank, operator: DoesNotExist}] | node-1",
                "matchExpressions: [{key: rank, operator: Gt, values: ['6']}] | node-2",
                "matchExpressions: [{key: rank, operator: Gt, values: ['7']}] | ''",
                "matchExpressions: [{key: rank, operator: Lt, values: ['8']}] | node-2",
                "matchExpressions: [{key: rank, operator: Gt, values: ['many']}] | ''",
                "matchExpressions: [{key: rank, operator: Gt, values: ['1', '2']}] | ''",
                "matchExpressions: [{key: rank, operator: Gt}] | ''",
                "matchFields: [{key: metadata.name, operator: In, values: [node-1]}] | node-1",
                "matchExpressions: [] | ''"
            })
    void everyOperatorOfARequiredTermIsUnderstood(String expression, String fitting) {
        shop.change(0, "Node/node-2", "{metadata: {labels: {rank: '7'}}}");

        assertThat(String.join(",", judge(term(expression)).fitting())).isEqualTo(fitting);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{key: gpu, operator: Exists} | true",
                "{key: gpu, value: big, effect: NoSchedule} | true",
                "{key: gpu, operator: Equal, value: small} | false",
                "{key: gpu, operator: Exists, effect: NoExecute} | false",
                "{operator: Exists} | true",
                "{key: '', value: big} | false"
            })
    void aTolerationFitsByKeyValueAndEffect(String toleration, boolean fits) {
        for (var node : new String[] {"Node/node-1", "Node/node-2"}) {
            shop.change(0, node, "{spec: {taints: [{key: gpu, value: big, effect: NoSchedule}]}}");
        }

        assertThat(judge("tolerations: [%s]".formatted(toleration)).decisive().isEmpty())
                .isEqualTo(fits);
    }

    @Test
    void aTaintThatOnlyPrefersKeepsNobodyAway() {
        shop.change(0, "Node/node-1", "{spec: {taints: [{key: x, effect: PreferNoSchedule}]}}");

        assertThat(judge("nodeSelector: {zone: a}").fitting()).containsExactly("node-1");
    }

    @Test
    void ofTheConstraintsTheFewestThatMustGiveWayDecide() {
        shop.change(0, "Node/node-1", "{spec: {taints: [{key: x, effect: NoExecute}]}}");
        var judged = judge("nodeSelector: {zone: c}");

        assertThat(judged.failures().get("node-1"))
                .containsExactly(Constraint.TAINT, Constraint.SELECTOR);
        assertThat(judged.decisive()).containsExactly(Constraint.SELECTOR);
    }

    @Test
    void oneFaultThatMasksAnotherLeavesBoth() {
        for (var node : new String[] {"Node/node-1", "Node/node-2"}) {
            shop.change(0, node, "{spec: {taints: [{key: x, effect: NoSchedule}]}}");
        }
        var judged = judge("containers: [{name: app, resources: {requests: {cpu: '64'}}}]");

        assertThat(judged.decisive()).containsExactly(Constraint.TAINT, Constraint.ROOM);
    }

    @Test
    void withoutHistoryTheNearestLabelIsSelected() {
        shop.change(0, "Node/node-2", "{metadata: {labels: {disk: fast-ssd}}}");
        search("nodeSelector: {disk: fast-sdd}");

        assertThat(plan("fix.correct_node_selector").orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.nodeSelector",
                                "{\"disk\":\"fast-sdd\"}",
                                "{\"disk\":\"fast-ssd\"}"));
    }

    @Test
    void whatWasNeverToleratedIsNotToleratedNow() {
        shop.change(0, "Node/node-1", "{spec: {taints: [{key: x, effect: NoSchedule}]}}");
        shop.change(0, "Node/node-2", "{spec: {taints: [{key: x, effect: NoSchedule}]}}");
        search("tolerations: []");

        assertThat(plan("fix.restore_tolerations")).isEmpty();
    }
}
