package dev.kestrel.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class GatewayConfigTest {
    private static final Map<String, String> KEYS =
            Map.ofEntries(
                    Map.entry("host", "::1"),
                    Map.entry("enrolment-port", "1"),
                    Map.entry("stream-port", "2"),
                    Map.entry("trust-domain", "kestrel.acme.example"),
                    Map.entry("server-names", "a.example, 10.0.0.1"),
                    Map.entry("instances", "3"),
                    Map.entry("heartbeat", "250ms"),
                    Map.entry("silence", "5s"),
                    Map.entry("recheck", "6m"),
                    Map.entry("drain", "1h"),
                    Map.entry("credit-batches", "8"),
                    Map.entry("signals-per-second", "9"),
                    Map.entry("signals-burst", "100"),
                    Map.entry("bytes-per-second", "11KiB"),
                    Map.entry("bytes-burst", "12MiB"),
                    Map.entry("commands-in-flight", "13"),
                    Map.entry("outcomes-waiting", "14"),
                    Map.entry("command-patience", "15s"),
                    Map.entry("outcome-patience", "16s"),
                    Map.entry("connections", "17"),
                    Map.entry("connections-per-cluster", "19"),
                    Map.entry("calls-per-minute", "20"),
                    Map.entry("enrolments-per-minute", "18"),
                    Map.entry("tls", "jdk"));

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
        assertThat(GatewayConfig.of(KEYS))
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
                                19,
                                20,
                                18,
                                GatewayConfig.Tls.JDK));
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
