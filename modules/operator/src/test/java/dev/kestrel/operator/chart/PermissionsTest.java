package dev.kestrel.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What the chart lets the operator do, compared as whole sets: a permission more fails, too. */
final class PermissionsTest {

    private static final String WRITE_IN_SHOP_AND_DNS =
            "write: {enabled: true, namespaces: [shop, kube-system]}\n";

    private static final String[] READ = {
        "/configmaps: get list watch",
        "/events: get list watch",
        "/limitranges: get list watch",
        "/namespaces: get list watch",
        "/nodes: get list watch",
        "/persistentvolumeclaims: get list watch",
        "/persistentvolumes: get list watch",
        "/pods/log: get",
        "/pods: get list watch",
        "/resourcequotas: get list watch",
        "/serviceaccounts: get list watch",
        "/services: get list watch",
        "apps/daemonsets: get list watch",
        "apps/deployments: get list watch",
        "apps/replicasets: get list watch",
        "apps/statefulsets: get list watch",
        "autoscaling/horizontalpodautoscalers: get list watch",
        "batch/cronjobs: get list watch",
        "batch/jobs: get list watch",
        "discovery.k8s.io/endpointslices: get list watch",
        "networking.k8s.io/ingressclasses: get list watch",
        "networking.k8s.io/ingresses: get list watch",
        "networking.k8s.io/networkpolicies: get list watch",
        "policy/poddisruptionbudgets: get list watch",
        "security.istio.io/peerauthentications: get list watch",
        "storage.k8s.io/storageclasses: get list watch",
    };

    @Test
    void byDefaultTheOperatorMayReadTheKindsItWatchesAndNothingElse() {
        var chart = RenderedChart.with("");
        assertThat(chart.all(ClusterRole.class)).hasSize(1);
        assertThat(chart.all(Role.class)).isEmpty();
        assertThat(chart.all(RoleBinding.class)).isEmpty();
        assertThat(read(chart)).containsExactlyInAnyOrder(READ);
    }

    @Test
    void noRuleEverUsesAWildcardOrReachesASecretOrAnotherProcess() {
        var chart = RenderedChart.with(WRITE_IN_SHOP_AND_DNS);
        var rules =
                chart.all(ClusterRole.class).stream()
                        .flatMap(role -> role.getRules().stream())
                        .toList();
        assertThat(rules).isNotEmpty();
        assertThat(rules.stream().flatMap(rule -> rule.getResources().stream()))
                .noneMatch(resource -> resource.contains("*"))
                .noneMatch(resource -> resource.startsWith("secrets"))
                .filteredOn(resource -> resource.contains("/"))
                .containsOnly("pods/log");
        assertThat(rules.stream().flatMap(rule -> rule.getVerbs().stream()))
                .containsOnly("get", "list", "watch", "patch");
        assertThat(rules).allMatch(rule -> rule.getNonResourceURLs().isEmpty());
    }

    @Test
    void writeModeGrantsPatchOnFourKindsInTheNamedNamespacesOnly() {
        var chart = RenderedChart.with(WRITE_IN_SHOP_AND_DNS);
        assertThat(read(chart)).containsExactlyInAnyOrder(READ);
        assertThat(written(chart))
                .containsExactly(
                        "/services: patch",
                        "apps/daemonsets: patch",
                        "apps/deployments: patch",
                        "apps/statefulsets: patch");
        assertThat(chart.all(RoleBinding.class))
                .allMatch(bound -> bound.getRoleRef().getName().equals("kestrel-operator-write"))
                .extracting(bound -> bound.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("shop", "kube-system");
        assertThat(chart.only(ClusterRoleBinding.class).getRoleRef().getName())
                .isEqualTo("kestrel-operator-read");
    }

    @Test
    void writableKindsCanBeFewer() {
        var values = "write: {enabled: true, namespaces: [shop], kinds: [Service]}\n";
        assertThat(written(RenderedChart.with(values))).containsExactly("/services: patch");
    }

    @Test
    void aPolicyOfTheMeshMayBeWrittenWhereThatIsAskedFor() {
        var values = "write: {enabled: true, namespaces: [shop], kinds: [PeerAuthentication]}\n";
        assertThat(written(RenderedChart.with(values)))
                .containsExactly("security.istio.io/peerauthentications: patch");
    }

    @Test
    void everyPermissionGoesToTheOperatorsOwnServiceAccount() {
        var chart = RenderedChart.with(WRITE_IN_SHOP_AND_DNS);
        var operator = new Subject(null, "ServiceAccount", "kestrel-operator", "kestrel");
        assertThat(chart.only(ClusterRoleBinding.class).getSubjects()).containsExactly(operator);
        assertThat(chart.all(RoleBinding.class))
                .allMatch(bound -> bound.getSubjects().equals(List.of(operator)));
    }

    private static Iterable<String> read(RenderedChart chart) {
        return RenderedChart.permissions(rules(chart, "kestrel-operator-read"));
    }

    private static Iterable<String> written(RenderedChart chart) {
        return RenderedChart.permissions(rules(chart, "kestrel-operator-write"));
    }

    private static List<PolicyRule> rules(RenderedChart chart, String role) {
        return chart.clusterRole(role).getRules();
    }
}
