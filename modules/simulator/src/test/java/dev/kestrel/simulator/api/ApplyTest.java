package dev.kestrel.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kestrel.simulator.Lab;
import dev.kestrel.simulator.resource.Json;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Server-side apply as a tool that changes only its own fields uses it. */
final class ApplyTest {
    private static final String IMAGE =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {spec: {containers: [{name: web, image: "%s"}]}}}
            """;

    private Lab lab;
    private KubernetesClient client;

    @BeforeEach
    void begin() {
        lab = new Lab();
        client = lab.client("writer-token");
        Lab.apply(lab.cluster, ClientTest.WEB);
    }

    @AfterEach
    void end() {
        client.close();
        lab.close();
    }

    private PatchContext.Builder by(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(false);
    }

    private Deployment apply(PatchContext context, String yaml) {
        return client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .patch(context, json(yaml));
    }

    /** The client itself reads no YAML that begins with a brace. */
    private static String json(String yaml) {
        return Json.parse(yaml).toString();
    }

    private Deployment live() {
        return client.apps().deployments().inNamespace("shop").withName("web").get();
    }

    private static String image(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }

    @Test
    void anApplyOverSomebodyElsesFieldIsAConflictThatNamesOwnerAndField() {
        var refused =
                catchThrowableOfType(
                        KubernetesClientException.class,
                        () -> apply(by("mender").build(), IMAGE.formatted("workload:v2")));
        assertThat(refused.getCode()).isEqualTo(409);
        var cause = refused.getStatus().getDetails().getCauses().getFirst();
        assertThat(cause.getReason()).isEqualTo("FieldManagerConflict");
        assertThat(cause.getMessage()).isEqualTo("conflict with \"kubectl-create\" using apps/v1");
        assertThat(cause.getField())
                .isEqualTo(".spec.template.spec.containers[name=\"web\"].image");
        assertThat(image(live())).isEqualTo("workload:v1");
    }

    @Test
    void forceTakesTheFieldOverAndNothingElse() {
        var applied = apply(by("mender").withForce(true).build(), IMAGE.formatted("workload:v2"));
        assertThat(image(applied)).isEqualTo("workload:v2");
        assertThat(applied.getSpec().getReplicas()).isEqualTo(3);
        assertThat(applied.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(owner("mender"))
                .hasValueSatisfying(
                        entry -> {
                            assertThat(entry.getOperation()).isEqualTo("Apply");
                            assertThat(entry.getFieldsV1().getAdditionalProperties().toString())
                                    .contains("f:image")
                                    .doesNotContain("f:replicas");
                        });
    }

    private Optional<ManagedFieldsEntry> owner(String manager) {
        return live().getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager().equals(manager))
                .findFirst();
    }

    @Test
    void aDryRunShowsTheResultAndLeavesEverythingAsItWas() {
        var before = live().getMetadata().getResourceVersion();
        var shown =
                apply(
                        by("mender").withForce(true).withDryRun(List.of("All")).build(),
                        IMAGE.formatted("workload:v2"));
        assertThat(image(shown)).isEqualTo("workload:v2");
        assertThat(live().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void anotherValueOfTheSameFieldIsAnotherTimeOfItsOwner() {
        apply(by("mender").withForce(true).build(), IMAGE.formatted("workload:v2"));
        var first = owner("mender").orElseThrow().getTime();
        lab.cluster.advance(Duration.ofSeconds(5));
        apply(by("mender").withForce(true).build(), IMAGE.formatted("workload:v1"));
        assertThat(owner("mender").orElseThrow().getTime()).isGreaterThan(first);
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        var first = apply(by("mender").withForce(true).build(), IMAGE.formatted("workload:v2"));
        var second = apply(by("mender").withForce(true).build(), IMAGE.formatted("workload:v2"));
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void whatAManagerNoLongerAppliesGoesAway() {
        var with =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop,"
                        + " annotations: {note: x}}}";
        var without =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}";
        assertThat(apply(by("mender").build(), with).getMetadata().getAnnotations())
                .containsEntry("note", "x");
        assertThat(apply(by("mender").build(), without).getMetadata().getAnnotations())
                .doesNotContainKey("note");
    }

    @Test
    void aServiceSelectorIsOwnedAsAWhole() {
        Lab.apply(
                lab.cluster,
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec:"
                        + " {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}");
        var yaml =
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec:"
                        + " {selector: {tier: web}}}";
        var applied =
                client.services()
                        .inNamespace("shop")
                        .withName("web")
                        .patch(by("mender").withForce(true).build(), json(yaml));
        assertThat(applied.getSpec().getSelector()).containsOnlyKeys("tier");
        assertThat(applied.getSpec().getPorts()).hasSize(1);
    }

    @Test
    void unknownFieldsAndSenselessValuesAreRefused() {
        assertThatThrownBy(
                        () ->
                                apply(
                                        by("mender").build(),
                                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name:"
                                                + " web}, spec: {replica: 2}}"))
                .hasMessageContaining(".spec.replica: field not declared in schema");
        var tooMuch =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template:"
                        + " {spec: {containers: [{name: web, resources: {requests: {memory: 2Gi},"
                        + " limits: {memory: 1Gi}}}]}}}}";
        assertThatThrownBy(() -> apply(by("mender").build(), tooMuch))
                .hasMessageContaining("must be less than or equal to memory limit of 1Gi");
        try (var reader = lab.client("reader-token")) {
            GenericKubernetesResource any =
                    reader.genericKubernetesResources("apps/v1", "Deployment")
                            .inNamespace("shop")
                            .withName("web")
                            .get();
            assertThat(any.getKind()).isEqualTo("Deployment");
            assertThatThrownBy(
                            () -> reader.resource(live()).fieldManager("mender").serverSideApply())
                    .hasMessageContaining("cannot patch resource");
        }
    }
}
