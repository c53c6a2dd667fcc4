package dev.kestrel.operator.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.command.Outcome.Refused;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

final class DriftTest {
    private static final Fields LIVE =
            WritePolicyTest.fields(
                    """
                    {"metadata":{"uid":"u1"},
                     "spec":{"replicas":2,"paused":false,"template":{"spec":{"containers":[
                       {"name":"web","image":"shop/web:v1"},
                       {"name":"app","image":"shop/app:v1","resources":{"limits":{"memory":"64Mi"}}}]}}}}
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    u1 | spec.replicas | 2 | same
                    u1 | spec.replicas | 3 | DRIFTED
                    u2 | spec.replicas | 2 | DRIFTED
                    u1 | spec.paused | false | same
                    u1 | spec.template.spec.containers[app].image | "shop/app:v1" | same
                    u1 | spec.template.spec.containers[app].image | "shop/app:v2" | DRIFTED
                    u1 | spec.template.spec.containers[app].resources.limits | {"memory":"64Mi"} | same
                    u1 | spec.template.spec.containers[gone].image | null | same
                    u1 | spec.minReadySeconds | null | same
                    u1 | spec.minReadySeconds | 0 | DRIFTED
                    u1 | spec.replicas | null | DRIFTED
                    u1 | spec..replicas | 2 | MALFORMED
                    """)
    void aPlanHoldsOnlyForTheObjectItWasMadeFrom(
            String uid, String path, String value, String verdict) {
        var manifest =
                new Manifest(
                        new ResourceRef("Deployment", "shop", "cart"),
                        "apps/v1",
                        LIVE,
                        "",
                        uid,
                        Map.of(path, value),
                        List.of());
        assertThat(
                        Drift.objection(manifest, LIVE)
                                .map(Refused::reason)
                                .map(Reason::name)
                                .orElse("same"))
                .isEqualTo(verdict);
    }
}
