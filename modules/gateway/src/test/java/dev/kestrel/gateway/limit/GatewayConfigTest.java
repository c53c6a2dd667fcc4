package dev.kestrel.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class GatewayConfigTest {
    @Test
    void hasADefaultForEverything() {
        var config = GatewayConfig.defaults();

        assertThat(config.streamPort()).isEqualTo(9443);
        assertThat(config.enrolmentPort()).isEqualTo(8443);
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.serverNames()).containsExactly("localhost", "127.0.0.1");
    }

    @Test
    void readsEveryKey() {
        var keys = new TreeMap<String, String>();
        keys.put("host", "::1");
        keys.put("enrolment-port", "1");
        keys.put("stream-port", "2");
        keys.put("trust-domain", "kestrel.acme.example");
        keys.put("server-names", "a.example, 10.0.0.1");
        keys.put("instances", "3");
        keys.put("heartbeat", "250ms");
        keys.put("silence", "5s");
        keys.put("recheck", "6m");
        keys.put("drain", "1h");
        keys.put("credit-batches", "8");
        keys.put("signals-per-second", "9");
        keys.put("signals-burst", "100");
        keys.put("bytes-per-second", "11KiB");
        keys.put("bytes-burst", "12MiB");
        keys.put("commands-in-flight", "13");
        keys.put("outcomes-waiting", "14");
        keys.put("command-patience", "15s");
        keys.put("outcome-patience", "16s");
        keys.put("connections", "17");
        keys.put("enrolments-per-minute", "18");

        assertThat(GatewayConfig.of(keys))
                .isEqualTo(
                        new GatewayConfig(
                                "::1",
                                1,
                                2,
                                "kestrel.acme.example",
                                List.of("a.example", "10.0.0.1"),
                                3,
                                Duration.ofMillis(250),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(6),
                                Duration.ofHours(1),
                                8,
                                9,
                                100,
                                11 << 10,
                                12 << 20,
                                13,
                                14,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(16),
                                17,
                                18));
    }

    @Test
    void tellsAllMistakesTogether() {
        assertThatThrownBy(
                        () ->
                                GatewayConfig.of(
                                        Map.of(
                                                "stream-port", "70000",
                                                "heartbeat", "soon",
                                                "bytes-burst", "0MiB",
                                                "trust-domain", "Not A Domain",
                                                "silence", "15s",
                                                "colour", "green")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stream-port must be a number from 0 to 65535: 70000")
                .hasMessageContaining("heartbeat must be a duration")
                .hasMessageContaining("bytes-burst must be a size")
                .hasMessageContaining("trust-domain must be")
                .hasMessageContaining("silence (PT15S) must be at least twice heartbeat")
                .hasMessageContaining("unknown key colour");
    }
}
