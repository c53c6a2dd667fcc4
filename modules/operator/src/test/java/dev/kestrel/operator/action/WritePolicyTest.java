package dev.kestrel.operator.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.command.Outcome.Refused;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.operator.kube.JsonFields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

final class WritePolicyTest {
    private static final WritePolicy SHOP =
            new WritePolicy(true, List.of("shop"), List.of("Deployment", "Service"));
    private static final ResourceRef CART = new ResourceRef("Deployment", "shop", "cart");
    private static final String SCALE =
            """
            {"apiVersion":"apps/v1","kind":"Deployment",
             "metadata":{"name":"cart","namespace":"shop"},"spec":{"replicas":3}}
            """;

    @Test
    void whatFitsIsNotObjectedTo() {
        assertThat(SHOP.objection(manifest(CART, SCALE))).isEmpty();
    }

    @Test
    void aReadOnlyOperatorSaysNothingButThat() {
        var off = new WritePolicy(false, List.of("shop"), List.of("Deployment"));
        assertThat(off.objection(manifest(new ResourceRef("Secret", "x", "y"), "{}")))
                .get()
                .extracting(Refused::reason)
                .isEqualTo(Reason.WRITE_DISABLED);
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment,prod,cart,NAMESPACE_NOT_ALLOWED",
        "Deployment,'',cart,NAMESPACE_NOT_ALLOWED",
        "StatefulSet,shop,cart,KIND_NOT_ALLOWED",
        "Secret,shop,cart,KIND_NOT_ALLOWED",
        "Deployment,shop,other,MALFORMED",
        "Service,shop,cart,MALFORMED"
    })
    void anotherTargetIsRefused(String kind, String namespace, String name, Reason reason) {
        var manifest = manifest(new ResourceRef(kind, namespace, name), SCALE);
        assertThat(SHOP.objection(manifest)).get().extracting(Refused::reason).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"apiVersion":"apps/v1beta1","kind":"Deployment","metadata":{"name":"cart","namespace":"shop"}}
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":"shop","ownerReferences":[]}}
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":"shop","uid":"u1"}}
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":"shop"},"status":{"replicas":1}}
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart"}}
                    """)
    void aManifestThatSetsMoreThanItMayIsMalformed(String json) {
        assertThat(SHOP.objection(manifest(CART, json)))
                .get()
                .extracting(Refused::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anotherManifestThanTheApprovedOneIsRefused() {
        var approved = manifest(CART, SCALE);
        var changed =
                new Manifest(
                        CART,
                        "apps/v1",
                        fields(SCALE.replace("3", "30")),
                        approved.digest(),
                        "u1",
                        Map.of(),
                        List.of());
        assertThat(SHOP.objection(changed))
                .get()
                .extracting(Refused::reason)
                .isEqualTo(Reason.DIGEST_MISMATCH);
    }

    static Manifest manifest(ResourceRef target, String json) {
        var fields = fields(json);
        return new Manifest(
                target, "apps/v1", fields, CanonicalJson.digest(fields), "u1", Map.of(), List.of());
    }

    static Fields fields(String json) {
        return JsonFields.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
