package dev.kestrel.operator.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.operator.kube.JsonFields;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

final class ObjectRedactionTest {
    @Test
    void secretEnvironmentIsHiddenAndTheRestStays() {
        var clean =
                clean(
                        "Pod",
                        """
                        {"spec":{"containers":[{"name":"app","image":"shop/cart:v1",
                          "args":["--token=abc","--port=80"],
                          "env":[{"name":"DB_PASSWORD","value":"hunter2"},
                                 {"name":"DATABASE_URL","value":"postgres://a:b@db/x"},
                                 {"name":"PORT","value":"8080"},
                                 {"name":"API_KEY","valueFrom":{"secretKeyRef":{"name":"keys","key":"api"}}}]}]},
                         "status":{"containerStatuses":[{"state":{"terminated":{"message":"password=x"}}}]}}
                        """);
        var env = clean.at("spec", "containers", "0", "env");
        assertThat(env.at("0", "value").text()).isEqualTo("[redacted:secret]");
        assertThat(env.at("1", "value").text()).isEqualTo("postgres://[redacted:credentials]@db/x");
        assertThat(env.at("2", "value").text()).isEqualTo("8080");
        assertThat(env.at("3", "valueFrom", "secretKeyRef", "name").text()).isEqualTo("keys");
        assertThat(clean.at("spec", "containers", "0", "args", "0").text())
                .isEqualTo("--token=[redacted:secret]");
        assertThat(clean.at("spec", "containers", "0", "image").text()).isEqualTo("shop/cart:v1");
        assertThat(
                        clean.at(
                                        "status",
                                        "containerStatuses",
                                        "0",
                                        "state",
                                        "terminated",
                                        "message")
                                .text())
                .isEqualTo("password=[redacted:secret]");
    }

    @Test
    void aConfigMapIsKeysAndDigests() {
        var clean =
                clean(
                        "ConfigMap",
                        "{\"data\":{\"a\":\"x\",\"b\":\"\"},\"binaryData\":{\"c\":\"eA==\"}}");
        assertThat(clean.at("data", "a").text())
                .isEqualTo(
                        "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
        assertThat(clean.at("data", "b").text()).startsWith("sha256:e3b0c442");
        assertThat(clean.at("binaryData", "c").text()).startsWith("sha256:");
    }

    @Test
    void theSameKeyInAnotherKindIsNoConfigMapData() {
        assertThat(clean("Service", "{\"data\":{\"a\":\"x\"}}").at("data", "a").text())
                .isEqualTo("x");
    }

    @Test
    void managedFieldsAndTheLastAppliedCopyAreDropped() {
        var clean =
                clean(
                        "Deployment",
                        """
                        {"metadata":{"name":"web","managedFields":[{"manager":"kubectl"}],
                          "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}",
                                         "example.com/api-token":"abc","team":"shop"}}}
                        """);
        assertThat(clean.at("metadata", "managedFields").isPresent()).isFalse();
        assertThat(clean.at("metadata", "annotations").texts())
                .containsOnlyKeys("example.com/api-token", "team")
                .containsEntry("example.com/api-token", "[redacted:secret]")
                .containsEntry("team", "shop");
    }

    @Test
    void aDriversSecretOptionsAreHidden() {
        var clean =
                clean(
                        "PersistentVolume",
                        """
                        {"spec":{"csi":{"driver":"x","volumeAttributes":{"password":"p","share":"s"}}}}
                        """);
        assertThat(clean.at("spec", "csi", "volumeAttributes").texts())
                .containsEntry("password", "[redacted:secret]")
                .containsEntry("share", "s");
    }

    @Test
    void aSecretIsNeverCleanedBecauseItIsNeverRead() {
        assertThatThrownBy(() -> clean("Secret", "{}")).hasMessageContaining("never read");
    }

    private static Fields clean(String kind, String json) {
        return ObjectRedaction.clean(kind, JsonFields.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
