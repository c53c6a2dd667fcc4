package dev.kestrel.domain.topology;

import static dev.kestrel.domain.scenario.Given.object;
import static dev.kestrel.domain.scenario.Given.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class TopologyEdgesTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final ResourceRef CHECKOUT = ResourceRef.parse("Deployment/shop/checkout");

    private final Topology topology = new Topology();

    private void see(KubeObject... objects) {
        for (var object : objects) {
            topology.apply(object, T0);
        }
    }

    private List<String> from(String ref, Relation relation) {
        return topology.from(ResourceRef.parse(ref), relation).stream()
                .map(edge -> edge.to().toString())
                .toList();
    }

    private List<String> to(String ref, Relation relation) {
        return topology.to(ResourceRef.parse(ref), relation).stream()
                .map(edge -> edge.from().toString())
                .toList();
    }

    @Test
    void aServiceSelectsTheWorkloadWhicheverIsSeenFirst() {
        see(
                object("Service/shop/early", "spec.selector.app = checkout"),
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                object("Service/shop/late", "spec.selector.app = checkout"),
                object("Service/shop/other", "spec.selector.app = cart"),
                object("Service/lab/elsewhere", "spec.selector.app = checkout"));

        assertThat(to(CHECKOUT.toString(), Relation.SELECTS))
                .containsExactly("Service/shop/early", "Service/shop/late");
    }

    @Test
    void aSelectorThatNoLongerMatchesLosesTheEdgeAndItsPastIsRemembered() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                object("Service/shop/checkout", "spec.selector.app = checkout"));
        var later = T0.plusSeconds(60);
        topology.apply(object("Service/shop/checkout", "spec.selector.app = checkuot"), later);

        var service = ResourceRef.parse("Service/shop/checkout");
        assertThat(topology.from(service, Relation.SELECTS)).isEmpty();
        assertThat(topology.held(service, Relation.SELECTS, CHECKOUT, T0.plusSeconds(59))).isTrue();
        assertThat(topology.held(service, Relation.SELECTS, CHECKOUT, later)).isFalse();
        assertThat(topology.affected()).contains(service, CHECKOUT);
    }

    @Test
    void aServiceStillSelectsAWorkloadThatIsScaledToZero() {
        see(
                object(
                        "Deployment/shop/checkout",
                        "spec.replicas = 0",
                        "spec.template.metadata.labels.app = checkout"),
                object("Service/shop/checkout", "spec.selector.app = checkout"));

        assertThat(from("Service/shop/checkout", Relation.SELECTS))
                .containsExactly(CHECKOUT.toString());
    }

    @Test
    void aPolicyWithoutASelectorAppliesToTheWholeNamespaceAndAServiceWithoutOneToNothing() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                object("NetworkPolicy/shop/deny", "spec.podSelector = {}"),
                object("Service/shop/external", "spec.type = ClusterIP"));

        assertThat(from("NetworkPolicy/shop/deny", Relation.POLICY_ON))
                .containsExactly(CHECKOUT.toString());
        assertThat(from("Service/shop/external", Relation.SELECTS)).isEmpty();
    }

    @Test
    void expressionsOfASelectorCount() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                pod("Pod/shop/cart-5d4f-1", "cart-5d4f", "5d4f", "cart"),
                object(
                        "PodDisruptionBudget/shop/some",
                        "spec.selector.matchExpressions = [{key: app, operator: In, values: [cart,"
                                + " pay]}]"),
                object(
                        "PodDisruptionBudget/shop/rest",
                        "spec.selector.matchExpressions = [{key: app, operator: NotIn, values:"
                                + " [cart]}, {key: gone, operator: DoesNotExist}]"));

        assertThat(from("PodDisruptionBudget/shop/some", Relation.SELECTS))
                .containsExactly("Deployment/shop/cart");
        assertThat(from("PodDisruptionBudget/shop/rest", Relation.SELECTS))
                .containsExactly("Deployment/shop/checkout");
    }

    @Test
    void aWorkloadIsJoinedToAllThatItsTemplateNames() {
        see(
                object("Service/shop/payments", "spec.clusterIP = 10.96.0.4"),
                object("Service/pay/ledger", "spec.clusterIP = 10.96.0.5"),
                object("Service/shop/info", "spec.clusterIP = 10.96.0.6"),
                object("ResourceQuota/shop/quota", "spec.hard.pods = 10"),
                object(
                        "Deployment/shop/checkout",
                        "spec.template.metadata.labels.app = checkout",
                        "spec.template.spec.serviceAccountName = robot",
                        "spec.template.spec.volumes[settings].configMap.name = settings",
                        "spec.template.spec.volumes[data].persistentVolumeClaim.claimName = data",
                        "spec.template.spec.containers[app].envFrom = [{secretRef: {name: keys}}]",
                        "spec.template.spec.containers[app].env[PAYMENTS_HOST].value = payments",
                        "spec.template.spec.containers[app].env[LOG_LEVEL].value = info",
                        "spec.template.spec.containers[app].args ="
                                + " [\"--ledger=http://ledger.pay.svc.cluster.local:80/v1\"]"));

        var checkout = CHECKOUT.toString();
        assertThat(from(checkout, Relation.CALLS))
                .containsExactly("Service/pay/ledger", "Service/shop/payments");
        assertThat(from(checkout, Relation.MOUNTS))
                .containsExactly("ConfigMap/shop/settings", "PersistentVolumeClaim/shop/data");
        assertThat(from(checkout, Relation.ENV_REF)).containsExactly("Secret/shop/keys");
        assertThat(from(checkout, Relation.USES_SA)).containsExactly("ServiceAccount/shop/robot");
        assertThat(from(checkout, Relation.RESOLVES_VIA))
                .containsExactly("Service/kube-system/kube-dns");
        assertThat(to(checkout, Relation.QUOTA_ON)).containsExactly("ResourceQuota/shop/quota");
    }

    @Test
    void aCallIsKnownAsSoonAsTheServiceIsAndForgottenWithIt() {
        see(
                object(
                        "Deployment/shop/checkout",
                        "spec.template.spec.containers[app].env[CALLS].value = http://payments/"));
        assertThat(from(CHECKOUT.toString(), Relation.CALLS)).isEmpty();

        see(object("Service/shop/payments", "spec.clusterIP = 10.96.0.4"));
        assertThat(from(CHECKOUT.toString(), Relation.CALLS))
                .containsExactly("Service/shop/payments");

        topology.remove(ResourceRef.parse("Service/shop/payments"), "uid", T0);
        assertThat(from(CHECKOUT.toString(), Relation.CALLS)).isEmpty();
    }

    @Test
    void otherKindsAreJoinedToo() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                object(
                        "EndpointSlice/shop/checkout-x",
                        "metadata.labels[kubernetes.io/service-name] = checkout",
                        "endpoints = [{targetRef: {kind: Pod, name: checkout-5d4f-1}}]"),
                object(
                        "Ingress/shop/web",
                        "spec.rules = [{http: {paths: [{backend: {service: {name: checkout}}}]}}]"),
                object("PersistentVolumeClaim/shop/data", "spec.volumeName = pv-1"),
                object(
                        "HorizontalPodAutoscaler/shop/checkout",
                        "spec.scaleTargetRef = {kind: Deployment, name: checkout}"));

        var checkout = CHECKOUT.toString();
        assertThat(from(checkout, Relation.ENDPOINT_OF)).containsExactly("Service/shop/checkout");
        assertThat(from(checkout, Relation.RUNS_ON)).containsExactly("Node/node-1");
        assertThat(from("Ingress/shop/web", Relation.ROUTES_TO))
                .containsExactly("Service/shop/checkout");
        assertThat(from("PersistentVolumeClaim/shop/data", Relation.BINDS))
                .containsExactly("PersistentVolume/pv-1");
        assertThat(to(checkout, Relation.SCALES))
                .containsExactly("HorizontalPodAutoscaler/shop/checkout");
        assertThat(topology.owned(ResourceRef.parse("Service/shop/checkout"))).hasSize(1);
    }
}
