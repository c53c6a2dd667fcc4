package dev.kestrel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.operator.source.flow.hubble.RelaySettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class EnvironmentTest {
    @TempDir private Path directory;

    @Test
    void onlyTheHostMustBeSaid() {
        var config = Environment.read(Map.of("KESTREL_CLOUD_HOST", "cloud.example"));
        assertThat(config.cloud())
                .isEqualTo(new OperatorConfig.Cloud("cloud.example", 7443, 7444, ""));
        assertThat(config.write()).isEqualTo(OperatorConfig.Write.OFF);
        assertThat(config.identityDirectory()).isEqualTo(Path.of("/var/lib/kestrel/identity"));
        assertThat(config.joinToken()).isEmpty();
        assertThat(config.kubeconfig()).isEmpty();
    }

    @Test
    void aCloudOfSeveralNodesHasSeveralAddresses() {
        var config =
                Environment.read(
                        Map.of("KESTREL_CLOUD_HOST", "cloud-a:9443, cloud-b:9444,cloud-c"));
        assertThat(config.cloud().nodes())
                .containsExactly(
                        new OperatorConfig.Node("cloud-a", 7443, 9443),
                        new OperatorConfig.Node("cloud-b", 7443, 9444),
                        new OperatorConfig.Node("cloud-c", 7443, 7444));
        assertThatThrownBy(() -> Environment.read(Map.of("KESTREL_CLOUD_HOST", "cloud-a:no")))
                .hasMessageContaining("KESTREL_CLOUD_HOST must be a port");
    }

    @Test
    void everyVariableIsUsed() throws Exception {
        var ca = Files.writeString(directory.resolve("ca.crt"), "CA");
        var token = Files.writeString(directory.resolve("token"), "t0ken\n");
        var kubeconfig = Files.writeString(directory.resolve("config"), "KUBE");
        var config =
                Environment.read(
                        Map.ofEntries(
                                Map.entry("KESTREL_CLOUD_HOST", "c"),
                                Map.entry("KESTREL_CLOUD_ENROLMENT_PORT", "1"),
                                Map.entry("KESTREL_CLOUD_STREAM_PORT", "65535"),
                                Map.entry("KESTREL_CLOUD_CA_FILE", ca.toString()),
                                Map.entry("KESTREL_JOIN_TOKEN_FILE", token.toString()),
                                Map.entry("KESTREL_CLUSTER_NAME", "prod"),
                                Map.entry("KESTREL_IDENTITY_DIR", "/tmp/x"),
                                Map.entry("KESTREL_KUBECONFIG", kubeconfig.toString()),
                                Map.entry("KESTREL_HUBBLE_RELAY", "relay:443"),
                                Map.entry("KESTREL_HUBBLE_CA_FILE", ca.toString()),
                                Map.entry("KESTREL_HUBBLE_CERT_FILE", ca.toString()),
                                Map.entry("KESTREL_HUBBLE_KEY_FILE", kubeconfig.toString()),
                                Map.entry("KESTREL_WRITE", "true"),
                                Map.entry("KESTREL_WRITE_NAMESPACES", "shop, pay"),
                                Map.entry("KESTREL_WRITE_KINDS", "Deployment")));
        assertThat(config.cloud()).isEqualTo(new OperatorConfig.Cloud("c", 1, 65535, "CA"));
        assertThat(config.joinToken()).isEqualTo("t0ken");
        assertThat(config.clusterName()).isEqualTo("prod");
        assertThat(config.identityDirectory()).isEqualTo(Path.of("/tmp/x"));
        assertThat(config.kubeconfig()).isEqualTo("KUBE");
        assertThat(config.hubble()).isEqualTo(new RelaySettings("relay:443", "CA", "CA", "KUBE"));
        assertThat(config.write())
                .isEqualTo(
                        new OperatorConfig.Write(
                                true, List.of("shop", "pay"), List.of("Deployment")));
        assertThat(config)
                .hasToString(config.toString())
                .asString()
                .doesNotContain("t0ken", "KUBE");
    }

    @Test
    void allMistakesAreSaidTogether() {
        assertThatThrownBy(
                        () ->
                                Environment.read(
                                        Map.of(
                                                "KESTREL_CLOUD_STREAM_PORT", "65536",
                                                "KESTREL_WRITE", "yes",
                                                "KESTREL_WRITE_KINDS", "Secret",
                                                "KESTREL_WRITE_NAMESPACES", "Shop",
                                                "KESTREL_CLOUD_CA_FILE", "/nowhere/ca.crt",
                                                "KESTREL_CLOUD_PORT_NAME", "x")))
                .hasMessageContainingAll(
                        "KESTREL_CLOUD_HOST is not set",
                        "KESTREL_CLOUD_STREAM_PORT must be a port",
                        "KESTREL_WRITE must be true or false",
                        "Secret is not a kind that can be changed",
                        "Shop is no namespace",
                        "cannot read /nowhere/ca.crt",
                        "KESTREL_CLOUD_PORT_NAME is not known");
    }

    @Test
    void writeModeNeedsItsLimits() {
        assertThatThrownBy(
                        () ->
                                Environment.read(
                                        Map.of("KESTREL_CLOUD_HOST", "c", "KESTREL_WRITE", "true")))
                .hasMessageContaining("needs KESTREL_WRITE_NAMESPACES and KESTREL_WRITE_KINDS");
    }

    @Test
    void whatKubernetesSetsForServicesIsNotAMistake() {
        var config =
                Environment.read(
                        Map.of(
                                "KESTREL_CLOUD_HOST", "c",
                                "KESTREL_CLOUD_SERVICE_HOST", "10.0.0.1",
                                "KESTREL_CLOUD_PORT_7443_TCP_ADDR", "10.0.0.1",
                                "KESTREL_JOIN_TOKEN_FILE", "/nowhere/token"));
        assertThat(config.joinToken()).isEmpty();
    }
}
