package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which requests are proposed where no node has room. Each node has 2 cores and 4Gi. */
class RequestsTest {
    private static final ResourceRef SEARCH = ResourceRef.parse("Deployment/shop/search");

    private final Shop shop = new Shop();
    private int second;

    private void search(String memory) {
        shop.change(
                second++,
                SEARCH.toString(),
                "{apiVersion: apps/v1, spec: {template: {spec: {containers: [{name: app, resources: {requests: {memory: %s}}}]}}}}"
                        .formatted(memory));
    }

    private Optional<Plan> plan() {
        return Fixes.plan(
                Objects.requireNonNull(Shop.MODEL.fixes().get("fix.fit_requests")),
                new Cause("scheduling.insufficient_resources", SEARCH),
                Map.of(),
                shop.topology());
    }

    @Test
    void whatWasLowerIsPutBackWhereItFits() {
        search("64Mi");
        search("9Gi");
        var plan = plan().orElseThrow();

        assertThat(plan.diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.containers[app].resources.requests.memory",
                                "\"9Gi\"",
                                "\"64Mi\""));
        assertThat(plan.simulated()).first().asString().contains("node-1");
        assertThat(plan.risk()).isEqualTo(2);
    }

    @Test
    void whatIsALittleTooMuchIsLoweredToWhatIsLeft() {
        search("5Gi");
        var plan = plan().orElseThrow();

        assertThat(plan.diff().getFirst().after()).matches("\"\\d+Mi\"");
        assertThat(plan.explanation()).contains("the emptiest can give it");
    }

    @Test
    void whatIsFarTooMuchIsForAPersonToChoose() {
        search("9Gi");

        assertThat(plan()).isEmpty();
    }
}
