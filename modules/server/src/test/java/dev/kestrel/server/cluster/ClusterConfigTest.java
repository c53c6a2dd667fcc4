package dev.kestrel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ClusterConfigTest {
    @Test
    void aNodeIsAloneUnlessItIsTold() {
        assertThat(ClusterConfig.of(Map.of()).enabled()).isFalse();
    }

    @Test
    void everyKeyIsRead() {
        var config =
                ClusterConfig.of(
                        Map.of(
                                "enabled", "true",
                                "members", "cloud-a:5701, cloud-b:5702",
                                "host", "10.0.0.1",
                                "port", "1",
                                "bus-port", "2",
                                "public-port", "3",
                                "public-bus-port", "4"));

        assertThat(config)
                .isEqualTo(
                        new ClusterConfig(
                                true,
                                List.of("cloud-a:5701", "cloud-b:5702"),
                                "10.0.0.1",
                                1,
                                2,
                                3,
                                4));
    }

    @Test
    void everyMistakeIsSaidAtOnce() {
        var mistaken =
                Map.of("enabled", "yes", "members", "cloud-a", "host", "0.0.0.0", "port", "0");

        assertThatThrownBy(() -> ClusterConfig.of(mistaken))
                .hasMessageContaining("enabled must be true or false")
                .hasMessageContaining("members must be host:port")
                .hasMessageContaining("host must be the address of one interface")
                .hasMessageContaining("port must be a port from 1");
    }

    @Test
    void oneWhoLooksForNobodyIsNotAmongOthers() {
        assertThatThrownBy(() -> ClusterConfig.of(Map.of("enabled", "true")))
                .hasMessageContaining("members is empty");
    }
}
