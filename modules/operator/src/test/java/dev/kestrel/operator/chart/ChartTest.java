package dev.kestrel.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the chart runs the operator: its configuration, its identity, and how little it may do. */
final class ChartTest {

    private static final String CA =
            """
            -----BEGIN CERTIFICATE-----
            MIIB
            -----END CERTIFICATE-----
            """;

    @Test
    void theChartPassesTheStrictLint() {
        var lint = new Helm(RenderedChart.FOLDER).lint().strict().call();
        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @Test
    void theOperatorIsToldWhereTheCloudIsAndThatItMayNotWrite() {
        assertThat(environment(RenderedChart.with("")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "KESTREL_CLOUD_HOST", "kestrel.example",
                                "KESTREL_CLOUD_ENROLMENT_PORT", "8443",
                                "KESTREL_CLOUD_STREAM_PORT", "9443",
                                "KESTREL_JOIN_TOKEN_FILE", "/etc/kestrel/join/token",
                                "KESTREL_CLUSTER_NAME", "prod",
                                "KESTREL_IDENTITY_DIR", "/var/lib/kestrel/identity",
                                "KESTREL_HUBBLE_RELAY", "",
                                "KESTREL_WRITE", "false"));
    }

    @Test
    void writeModeNamesTheNamespacesAndKindsToTheOperatorAsWell() {
        var chart = RenderedChart.with("write: {enabled: true, namespaces: [shop, pay]}\n");
        assertThat(environment(chart))
                .containsEntry("KESTREL_WRITE", "true")
                .containsEntry("KESTREL_WRITE_NAMESPACES", "shop,pay")
                .containsEntry("KESTREL_WRITE_KINDS", "Deployment,StatefulSet,DaemonSet,Service");
    }

    @Test
    void policiesMayBePatchedOnlyWhereThatIsAskedFor() {
        var usual = "write: {enabled: true, namespaces: [shop]}\n";
        var asked =
                "write: {enabled: true, namespaces: [shop], kinds: [Deployment, NetworkPolicy]}\n";
        assertThat(patched(usual)).doesNotContain("networkpolicies");
        assertThat(patched(asked)).containsExactly("deployments", "networkpolicies");
    }

    private static List<String> patched(String values) {
        return RenderedChart.with(values).all(ClusterRole.class).stream()
                .flatMap(role -> role.getRules().stream())
                .filter(rule -> rule.getVerbs().contains("patch"))
                .flatMap(rule -> rule.getResources().stream())
                .toList();
    }

    @Test
    void anInlineTokenBecomesASecretAndNeverAVariable() {
        var chart = RenderedChart.with("");
        assertThat(chart.only(Secret.class).getStringData()).containsEntry("token", "join-me");
        assertThat(chart.only(Deployment.class).toString()).doesNotContain("join-me");
        var volume = volume(chart, "join");
        assertThat(volume.getSecret().getSecretName()).isEqualTo("kestrel-operator-join");
        assertThat(volume.getSecret().getOptional()).isFalse();
    }

    @Test
    void aTokenInASecretThatExistsIsUsedFromThere() {
        var chart =
                RenderedChart.of(
                        """
                        cloud: {host: kestrel.example}
                        cluster: {name: prod}
                        joinToken: {existingSecret: mine, key: join}
                        """);
        assertThat(chart.all(Secret.class)).isEmpty();
        var secret = volume(chart, "join").getSecret();
        assertThat(secret.getSecretName()).isEqualTo("mine");
        assertThat(secret.getItems().getFirst().getKey()).isEqualTo("join");
        assertThat(secret.getItems().getFirst().getPath()).isEqualTo("token");
    }

    @Test
    void aCertificateAuthorityOfTheCloudIsMounted() {
        var chart =
                RenderedChart.of(
                        """
                        cluster: {name: prod}
                        joinToken: {value: join-me}
                        cloud:
                          host: kestrel.example
                          caCertificate: |
                        """
                                + CA.indent(4));
        assertThat(chart.only(ConfigMap.class).getData()).containsEntry("ca.crt", CA);
        assertThat(environment(chart))
                .containsEntry("KESTREL_CLOUD_CA_FILE", "/etc/kestrel/cloud/ca.crt");
    }

    @Test
    void theIdentityLivesInThePodUnlessAVolumeIsAskedFor() {
        assertThat(volume(RenderedChart.with(""), "identity").getEmptyDir()).isNotNull();
        var kept = RenderedChart.with("identity: {persistence: {enabled: true}}\n");
        var claim = kept.only(PersistentVolumeClaim.class).getMetadata().getName();
        assertThat(volume(kept, "identity").getPersistentVolumeClaim().getClaimName())
                .isEqualTo(claim);
        assertThat(volume(kept, "join").getSecret().getOptional()).isTrue();
    }

    @Test
    void theContainerRunsWithoutAnyPrivilege() {
        var pod = RenderedChart.with("").only(Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        var container = pod.getContainers().getFirst().getSecurityContext();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getHostNetwork()).isNotEqualTo(true);
        assertThat(pod.getVolumes()).noneMatch(volume -> volume.getHostPath() != null);
    }

    @Test
    void twoOperatorsNeverRunAtOnce() {
        var deployment = RenderedChart.with("").only(Deployment.class).getSpec();
        assertThat(deployment.getReplicas()).isEqualTo(1);
        assertThat(deployment.getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void aNetworkPolicyIsMadeWhereWanted() {
        assertThat(RenderedChart.with("").all(NetworkPolicy.class)).isEmpty();
        var open = RenderedChart.with("networkPolicy: {enabled: true}\n").only(NetworkPolicy.class);
        assertThat(open.getSpec().getPolicyTypes()).containsExactly("Ingress");
        assertThat(open.getSpec().getIngress()).isEmpty();
        var closed =
                RenderedChart.with("networkPolicy: {enabled: true, restrictEgress: true}\n")
                        .only(NetworkPolicy.class);
        assertThat(closed.getSpec().getEgress().getFirst().getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(53, 53, 443, 6443, 4245, 8443, 9443);
    }

    @Test
    void whatIsMissingOrImpossibleIsSaidByName() {
        refused("cluster: {name: prod}\njoinToken: {value: a}\n", "cloud.host is needed");
        refused("cloud: {host: a}\njoinToken: {value: a}\n", "cluster.name is needed");
        refused("cloud: {host: a}\ncluster: {name: prod}\n", "a join token is needed");
        refused(RenderedChart.NEEDED + "write: {enabled: true}\n", "write");
        refused(
                RenderedChart.NEEDED
                        + "write: {enabled: true, namespaces: [shop], kinds: [Secret]}\n",
                "kinds");
        refused(RenderedChart.NEEDED + "wirte: {enabled: true}\n", "wirte");
    }

    private static void refused(String values, String because) {
        assertThatThrownBy(() -> RenderedChart.of(values)).hasMessageContaining(because);
    }

    private static Container container(RenderedChart chart) {
        return chart.only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static Map<String, String> environment(RenderedChart chart) {
        var variables = new TreeMap<String, String>();
        for (EnvVar variable : container(chart).getEnv()) {
            variables.put(variable.getName(), variable.getValue());
        }
        return variables;
    }

    private static Volume volume(RenderedChart chart, String name) {
        var volumes = chart.only(Deployment.class).getSpec().getTemplate().getSpec().getVolumes();
        return volumes.stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + name));
    }
}
