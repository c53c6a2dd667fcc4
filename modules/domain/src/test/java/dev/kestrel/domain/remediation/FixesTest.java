package dev.kestrel.domain.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FixesTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    private static final ResourceRef CHECKOUT = new ResourceRef("Deployment", "shop", "checkout");
    private static final ResourceRef SERVICE = new ResourceRef("Service", "shop", "checkout");

    private final Topology topology = new Topology();
    private int seconds;

    @Test
    void aLimitThatWasLoweredIsPutBack() {
        see(deployment("256Mi", "64Mi", "shop/checkout:v1", 1));
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(pod(oomKilled()));
        var plan = plan("fix.raise_memory_limit", "memory.limit_exceeded", CHECKOUT).orElseThrow();
        assertThat(CanonicalJson.write(plan.manifest().fields()))
                .isEqualTo(
                        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"checkout\",\"namespace\":\"shop\"},"
                            + "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"resources\":{\"limits\":{\"memory\":\"256Mi\"}}}]}}}}");
        assertThat(plan.manifest().expectedValues())
                .containsExactly(
                        Map.entry(
                                "spec.template.spec.containers[app].resources.limits.memory",
                                "\"64Mi\""));
        assertThat(plan.explanation()).contains("Before its last change the limit was 256Mi");
    }

    @Test
    void aLimitWithoutHistoryIsDoubled() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(pod(oomKilled()));
        var plan = plan("fix.raise_memory_limit", "memory.limit_exceeded", CHECKOUT).orElseThrow();
        assertThat(plan.diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.containers[app].resources.limits.memory",
                                "\"64Mi\"",
                                "\"128Mi\""));
        assertThat(plan.explanation()).contains("leaks");
    }

    @Test
    void aContainerThatWasNotKilledIsLeftAlone() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(pod(Map.of("state", Map.of("running", Map.of()))));
        assertThat(plan("fix.raise_memory_limit", "memory.limit_exceeded", CHECKOUT)).isEmpty();
    }

    @Test
    void theImageBeforeIsPutBackAndUndoneToTheOneThatWasThere() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(deployment("64Mi", "64Mi", "shop/checkout:v9", 1));
        see(pod(Map.of("state", Map.of("waiting", Map.of("reason", "ImagePullBackOff")))));
        var plan = plan("fix.roll_back_image", "image.not_found", CHECKOUT).orElseThrow();
        assertThat(plan.diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.containers[app].image",
                                "\"shop/checkout:v9\"",
                                "\"shop/checkout:v1\""));
        assertThat(CanonicalJson.write(plan.undo().fields())).contains("shop/checkout:v9");
    }

    @Test
    void anImageThatNeverWasAnotherHasNoFix() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v9", 1));
        see(pod(Map.of("state", Map.of("waiting", Map.of("reason", "ErrImagePull")))));
        assertThat(plan("fix.roll_back_image", "image.not_found", CHECKOUT)).isEmpty();
    }

    @Test
    void theSelectorBeforeIsPutBack() {
        see(pod(Map.of("state", Map.of("running", Map.of()))));
        see(service(Map.of("app", "checkout")));
        see(service(Map.of("app", "checkout-v2")));
        var plan =
                plan("fix.align_selector", "service.selector_matches_nothing", SERVICE)
                        .orElseThrow();
        assertThat(plan.diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.selector",
                                "{\"app\":\"checkout-v2\"}",
                                "{\"app\":\"checkout\"}"));
    }

    @Test
    void aSelectorWithoutHistoryIsAlignedWithItsNamesake() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(pod(Map.of("state", Map.of("running", Map.of()))));
        see(service(Map.of("app", "chekout")));
        var plan =
                plan("fix.align_selector", "service.selector_matches_nothing", SERVICE)
                        .orElseThrow();
        assertThat(plan.diff().getFirst().after()).isEqualTo("{\"app\":\"checkout\"}");
    }

    @Test
    void replicasThatWereThereComeBack() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 2));
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 0));
        var plan = plan("fix.restore_replicas", "workload.scaled_to_zero", CHECKOUT).orElseThrow();
        assertThat(plan.diff()).containsExactly(new Plan.FieldDiff("spec.replicas", "0", "2"));
    }

    @Test
    void replicasBeyondTheClusterGoBackToWhatTheyWere() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 2));
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 9));
        see(pod(Map.of("state", Map.of("waiting", Map.of()))));
        var plan =
                plan("fix.restore_replicas", "scheduling.insufficient_resources", CHECKOUT)
                        .orElseThrow();
        assertThat(plan.diff()).containsExactly(new Plan.FieldDiff("spec.replicas", "9", "2"));
    }

    @Test
    void aWorkloadThatWasScaledDownIsNotScaledUpForWantOfRoom() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 9));
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 2));
        see(pod(Map.of("state", Map.of("waiting", Map.of()))));
        assertThat(plan("fix.restore_replicas", "scheduling.insufficient_resources", CHECKOUT))
                .isEmpty();
    }

    @Test
    void theLastChangeOfATemplateIsTakenBackFieldByField() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(deployment("64Mi", "32Mi", "shop/checkout:v2", 1));
        var plan = plan("fix.revert_template", "dns.coredns_down", CHECKOUT).orElseThrow();
        assertThat(plan.diff())
                .extracting(Plan.FieldDiff::after)
                .containsExactly("\"shop/checkout:v1\"", "\"64Mi\"");
    }

    @Test
    void aChangeThatOnlyScaledIsNoChangeOfTheTemplate() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 1));
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 2));
        assertThat(plan("fix.revert_template", "dns.coredns_down", CHECKOUT)).isEmpty();
    }

    @Test
    void onlyToolsInAPersonsHandLoseFields() {
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 2));
        see(deployment("64Mi", "64Mi", "shop/checkout:v1", 0));
        var plan = plan("fix.restore_replicas", "workload.scaled_to_zero", CHECKOUT).orElseThrow();
        assertThat(plan.manifest().takeOver()).containsExactly("kubectl-edit");
    }

    private Optional<Plan> plan(String fix, String mechanism, ResourceRef at) {
        return Fixes.plan(
                new FixDeclaration(fix, fix, 1, "", List.of(), "here"),
                new Cause(mechanism, at),
                Map.of(),
                topology);
    }

    private void see(KubeObject object) {
        topology.apply(object, T0.plusSeconds(60L * seconds++));
    }

    private static KubeObject deployment(String limit, String request, String image, int replicas) {
        var container =
                Map.of(
                        "name",
                        "app",
                        "image",
                        image,
                        "resources",
                        Map.of(
                                "limits",
                                Map.of("memory", limit),
                                "requests",
                                Map.of("memory", request)));
        return object(
                "apps/v1",
                CHECKOUT,
                Map.of(
                        "spec",
                        Map.of(
                                "replicas",
                                replicas,
                                "selector",
                                Map.of("matchLabels", Map.of("app", "checkout")),
                                "template",
                                Map.of(
                                        "metadata",
                                        Map.of("labels", Map.of("app", "checkout")),
                                        "spec",
                                        Map.of("containers", List.of(container))))));
    }

    private static KubeObject pod(Map<String, Object> containerStatus) {
        var status = new HashMap<>(containerStatus);
        status.put("name", "app");
        var metadata =
                Map.of(
                        "labels",
                        Map.of("app", "checkout"),
                        "ownerReferences",
                        List.of(
                                Map.of(
                                        "kind",
                                        "Deployment",
                                        "name",
                                        "checkout",
                                        "uid",
                                        "uid-Deployment/shop/checkout",
                                        "controller",
                                        true)));
        return object(
                "v1",
                new ResourceRef("Pod", "shop", "checkout-1"),
                Map.of(
                        "metadata",
                        metadata,
                        "status",
                        Map.of("phase", "Running", "containerStatuses", List.of(status))));
    }

    private static Map<String, Object> oomKilled() {
        return Map.of(
                "lastState", Map.of("terminated", Map.of("reason", "OOMKilled", "exitCode", 137)));
    }

    private static KubeObject service(Map<String, String> selector) {
        return object("v1", SERVICE, Map.of("spec", Map.of("selector", selector)));
    }

    private static KubeObject object(
            String apiVersion, ResourceRef ref, Map<String, Object> fields) {
        return new KubeObject(
                ref,
                "uid-" + ref,
                "1",
                apiVersion,
                Fields.of(fields),
                List.of(
                        new KubeObject.FieldManager("kubectl-edit", "Update", T0, ""),
                        new KubeObject.FieldManager(
                                "kube-controller-manager", "Update", T0, "status")));
    }
}
