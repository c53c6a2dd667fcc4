package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.Analyzers;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Symptom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a probe that fails is to blame, and how it is corrected. Checkout asks /ready on 8080.
 */
class ProbesTest {
    private static final ResourceRef CHECKOUT = ResourceRef.parse("Deployment/shop/checkout");
    private static final String PORTS = ", ports: [{name: http, containerPort: 8080}]";

    private final Shop shop = new Shop();
    private final List<Symptom> symptoms = new ArrayList<>();

    private void probe(int second, String fields) {
        shop.change(
                second,
                CHECKOUT.toString(),
                "{spec: {template: {spec: {containers: [{name: app, %s%s}]}}}}"
                        .formatted(fields, PORTS));
    }

    private void fails(String words) {
        var said = new Evidence("e", CHECKOUT, Shop.at(5), Evidence.Origin.EVENT, "", words);
        var key = Shop.key("probe.readiness_failed@" + CHECKOUT);
        symptoms.add(
                new Symptom(
                        key,
                        Symptom.State.ACTIVE,
                        Stage.READY,
                        Shop.at(5),
                        Shop.at(5),
                        Shop.at(5),
                        2,
                        2,
                        List.of(said)));
    }

    private Analysis examine() {
        return Analyzers.find("readiness_probe_asks_amiss")
                .orElseThrow()
                .examine(CHECKOUT, shop.topology(), symptoms, Shop.at(10));
    }

    private Optional<Plan> plan() {
        FixDeclaration declared =
                Objects.requireNonNull(Shop.MODEL.fixes().get("fix.correct_readiness_probe"));
        return Fixes.plan(
                declared,
                new Cause("readiness.misconfigured", CHECKOUT),
                Map.of(),
                shop.topology());
    }

    @Test
    void aPortThatWasChangedIsNamedAndPutBack() {
        probe(0, "readinessProbe: {httpGet: {port: 9090}}");
        fails("Readiness probe failed: dial tcp 10.0.0.1:9090: connect: connection refused");

        var analysis = examine();
        assertThat(analysis.verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(analysis.summary()).contains("port: 8080 before, 9090 now", "8080 http");
        assertThat(plan())
                .hasValueSatisfying(
                        plan -> {
                            assertThat(plan.risk()).isEqualTo(1);
                            assertThat(plan.diff())
                                    .containsExactly(
                                            new Plan.FieldDiff(
                                                    "spec.template.spec.containers[app].readinessProbe.httpGet.port",
                                                    "9090",
                                                    "8080"));
                        });
    }

    @Test
    void howOftenItAsksStaysAsItIs() {
        probe(0, "readinessProbe: {periodSeconds: 3, httpGet: {path: /readyy}}");
        fails("Readiness probe failed: HTTP probe failed with statuscode: 404");

        assertThat(examine().verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(plan().orElseThrow().diff())
                .extracting(Plan.FieldDiff::after)
                .containsExactly("\"/ready\"");
    }

    @Test
    void aProcessThatAnswersThatItIsNotReadyIsTheOneToAsk() {
        probe(0, "readinessProbe: {httpGet: {path: /readyz}}");
        fails("Readiness probe failed: HTTP probe failed with statuscode: 503");

        assertThat(examine().verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void whatIsAskedAsBeforeIsNotToBlame() {
        probe(0, "readinessProbe: {failureThreshold: 1}");
        fails("Readiness probe failed: dial tcp 10.0.0.1:8080: connect: connection refused");

        assertThat(examine().verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aChangedProbeThatDoesNotFailIsNotToBlame() {
        probe(0, "readinessProbe: {httpGet: {port: 9090}}");

        assertThat(examine().verdict()).isEqualTo(Verdict.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"htpp", "web"})
    void aNameThatNoPortHasIsSetToTheNearest(String name) {
        shop.change(
                0,
                "Deployment/shop/payments",
                "{spec: {template: {spec: {containers: [{name: app, readinessProbe: {tcpSocket: {port: %s}}%s}]}}}}"
                        .formatted(name, PORTS));
        var payments = ResourceRef.parse("Deployment/shop/payments");
        var declared =
                Objects.requireNonNull(Shop.MODEL.fixes().get("fix.correct_readiness_probe"));
        var cause = new Cause("readiness.misconfigured", payments);

        assertThat(Fixes.plan(declared, cause, Map.of(), shop.topology()).orElseThrow().diff())
                .extracting(Plan.FieldDiff::after)
                .containsExactly("\"http\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", ports: [{containerPort: many}]",
                ", ports: [{containerPort: -1}, {containerPort: 99999999999999999999}]"
            })
    void withoutAPortThatWasDeclaredNothingIsProposed(String ports) {
        shop.change(
                0,
                "Deployment/shop/payments",
                "{spec: {template: {spec: {containers: [{name: app, readinessProbe: {tcpSocket: {port: 81}}%s}]}}}}"
                        .formatted(ports));
        var cause =
                new Cause("readiness.misconfigured", ResourceRef.parse("Deployment/shop/payments"));

        assertThat(
                        Fixes.plan(
                                Objects.requireNonNull(
                                        Shop.MODEL.fixes().get("fix.correct_readiness_probe")),
                                cause,
                                Map.of(),
                                shop.topology()))
                .isEmpty();
    }
}
