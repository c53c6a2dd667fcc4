package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.StrictMutualTls;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Payments is in the mesh; checkout calls it, and frontend calls checkout. */
class StrictMutualTlsTest {
    private static final String PROXY =
            "{spec: {initContainers: [{name: istio-proxy, restartPolicy: Always}]}}";
    private static final String NAMESPACE = "PeerAuthentication/shop/default";
    private static final String OWN = "PeerAuthentication/shop/payments";
    private static final String MESH = "PeerAuthentication/istio-system/default";

    private final Shop shop = new Shop().change(0, "Pod/shop/payments-1", PROXY);

    private Verdict examine(String policy) {
        return new StrictMutualTls()
                .examine(ResourceRef.parse(policy), shop.topology(), List.of(), Shop.at(60))
                .verdict();
    }

    private Optional<Plan> plan(String policy) {
        return Fixes.plan(
                Shop.fix("fix.allow_plaintext"),
                new Cause("mesh.strict_mtls_plaintext_client", ResourceRef.parse(policy)),
                Map.of(),
                shop.topology());
    }

    @Test
    void aCallerOutsideTheMeshIsRefusedByWhoeverDecides() {
        shop.change(1, MESH, "{spec: {mtls: {mode: STRICT}}}");
        assertThat(examine(MESH)).isEqualTo(Verdict.PRESENT);
        shop.change(2, NAMESPACE, "{spec: {mtls: {mode: STRICT}}}");
        assertThat(examine(NAMESPACE)).isEqualTo(Verdict.PRESENT);
        assertThat(examine(MESH)).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void whoTakesPlainTextRefusesNobody() {
        shop.change(1, NAMESPACE, "{spec: {mtls: {mode: PERMISSIVE}}}");
        assertThat(examine(NAMESPACE)).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aCallerWithAProxyOrInAmbientModeIsNotRefused() {
        shop.change(1, NAMESPACE, "{spec: {mtls: {mode: STRICT}}}");
        shop.change(1, "Pod/shop/frontend-1", PROXY).change(1, "Pod/shop/frontend-2", PROXY);
        shop.change(1, "Pod/shop/checkout-1", PROXY);
        assertThat(examine(NAMESPACE)).isEqualTo(Verdict.PRESENT);
        shop.change(
                2,
                "Pod/shop/checkout-2",
                "{metadata: {annotations: {ambient.istio.io/redirection: enabled}}}");
        assertThat(examine(NAMESPACE)).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aPolicyBindsNobodyWhoHasNoProxy() {
        shop.change(
                1, OWN, "{spec: {selector: {matchLabels: {app: checkout}}, mtls: {mode: STRICT}}}");
        assertThat(examine(OWN)).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void thePortThatIsCalledIsOpenedWhereThePolicySelects() {
        shop.change(
                1, OWN, "{spec: {selector: {matchLabels: {app: payments}}, mtls: {mode: STRICT}}}");
        assertThat(plan(OWN).orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff("spec.portLevelMtls.80.mode", "null", "\"PERMISSIVE\""));
    }

    @Test
    void theModeOfANamespaceIsOnlyPutBackToWhatItWas() {
        shop.change(1, NAMESPACE, "{spec: {mtls: {mode: STRICT}}}");
        assertThat(plan(NAMESPACE)).isEmpty();
        shop.change(2, NAMESPACE, "{spec: {mtls: {mode: PERMISSIVE}}}");
        shop.change(3, NAMESPACE, "{spec: {mtls: {mode: STRICT}}}");
        assertThat(plan(NAMESPACE).orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff("spec.mtls.mode", "\"STRICT\"", "\"PERMISSIVE\""));
    }
}
