package dev.kestrel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The API's part of the configuration: defaults, what each key sets, and what is refused. */
class ApiConfigTest {
    @Test
    void withoutKeysItListensOnLoopbackWithShortTokens() {
        var config = ApiConfig.defaults();

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.accessLife()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.refreshLife()).isEqualTo(Duration.ofDays(14));
        assertThat(config.bodyBytes()).isEqualTo(65_536);
        assertThat(config.metricsFrom()).isEmpty();
    }

    @Test
    void everyKeySetsItsValue() {
        var config =
                ApiConfig.of(
                        Map.ofEntries(
                                Map.entry("host", "0.0.0.0"),
                                Map.entry("port", "443"),
                                Map.entry("secure-cookies", "true"),
                                Map.entry("access-life", "5m"),
                                Map.entry("refresh-life", "24h"),
                                Map.entry("body-bytes", "2048"),
                                Map.entry("requests-per-second", "3"),
                                Map.entry("requests-burst", "4"),
                                Map.entry("feeds-per-tenant", "5"),
                                Map.entry("metrics-from", "10.0.0.1, 10.0.0.2"),
                                Map.entry("chart", "oci://charts/kestrel-operator")));

        assertThat(config)
                .isEqualTo(
                        new ApiConfig(
                                "0.0.0.0",
                                443,
                                true,
                                Duration.ofMinutes(5),
                                Duration.ofHours(24),
                                2048,
                                3,
                                4,
                                5,
                                List.of("10.0.0.1", "10.0.0.2"),
                                "oci://charts/kestrel-operator"));
    }

    @Test
    void allMistakesAreToldTogether() {
        assertThatThrownBy(
                        () ->
                                ApiConfig.of(
                                        Map.of(
                                                "port", "70000",
                                                "access-life", "soon",
                                                "secure-cookies", "yes",
                                                "colour", "red")))
                .hasMessageContaining("port must be a number from 0 to 65535: 70000")
                .hasMessageContaining("access-life must be a duration")
                .hasMessageContaining("secure-cookies must be true or false")
                .hasMessageContaining("unknown key colour");
    }
}
