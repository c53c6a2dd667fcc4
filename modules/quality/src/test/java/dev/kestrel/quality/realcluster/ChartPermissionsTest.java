package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The API server's own word on what the chart's roles allow, given to who holds them. */
@OnRealCluster
final class ChartPermissionsTest {

    private static final String SCALE = "{\"spec\": {\"replicas\": 1}}";

    private static final List<String> DANGEROUS =
            List.of(
                    "create pods",
                    "delete pods",
                    "get secrets",
                    "list secrets",
                    "create pods/exec",
                    "get pods/exec",
                    "create pods/portforward",
                    "patch pods/ephemeralcontainers",
                    "get pods/proxy",
                    "get services/proxy",
                    "get nodes/proxy",
                    "create serviceaccounts/token",
                    "patch deployments.apps",
                    "patch deployments.apps/scale",
                    "escalate clusterroles.rbac.authorization.k8s.io",
                    "impersonate users");

    private final OperatorIdentity operator;

    ChartPermissionsTest(RealCluster cluster) {
        this.operator = new OperatorIdentity(cluster);
    }

    @AfterEach
    void remove() {
        operator.remove();
    }

    @Test
    void readOnlyOperatorMayDoNothingThatChangesOrUncoversAnything() {
        operator.install("");
        assertThat(DANGEROUS).noneMatch(permission -> operator.may(permission, "kube-system"));
    }

    @Test
    void readOnlyOperatorSeesTheClusterAndNothingMore() {
        operator.install("");
        assertThat(operator.may("list pods", "kube-system")).isTrue();
        assertThat(operator.may("watch events", "kube-system")).isTrue();
        assertThat(operator.may("get pods/log", "kube-system")).isTrue();
        assertThat(operator.kubectl("get", "pods,nodes,endpointslices", "-A").succeeded()).isTrue();
        var refused = operator.kubectl("get", "secrets", "-A");
        assertThat(refused.err()).contains("forbidden");
        // A dry-run needs the same permission as the real change.
        assertThat(patchCoreDns("kube-system", "--dry-run=server").err()).contains("forbidden");
    }

    @Test
    void writeModePatchesTheFourKindsInItsNamespacesOnly() {
        operator.install("write: {enabled: true, namespaces: [kube-system]}\n");
        assertThat(patchCoreDns("kube-system", "--dry-run=server").succeeded()).isTrue();
        assertThat(operator.may("patch services", "kube-system")).isTrue();
        assertThat(operator.may("patch deployments.apps", "default")).isFalse();
        assertThat(operator.may("patch configmaps", "kube-system")).isFalse();
        assertThat(operator.may("delete deployments.apps", "kube-system")).isFalse();
        assertThat(operator.may("create deployments.apps", "kube-system")).isFalse();
    }

    private Command patchCoreDns(String namespace, String how) {
        return operator.kubectl(
                "patch", "deployment/coredns", "-n", namespace, "--patch", SCALE, how);
    }
}
