package dev.kestrel.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.simulator.Lab;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Pod logs as clients read and follow them. */
final class LogTest {
    private static final String CALLER =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: caller, namespace: shop}
            spec:
              containers:
              - name: caller
                image: workload:v1
                env: [{name: LOOP, value: "http://nowhere/"}, {name: CRASH_AFTER, value: 20s}]
            """;

    private static PodResource caller(KubernetesClient client) {
        return client.pods().inNamespace("shop").withName("caller");
    }

    @Test
    void logsAreTailedLimitedStampedAndKeptFromTheRunBefore() {
        try (var lab = new Lab();
                var client = lab.client("reader-token")) {
            Lab.apply(lab.cluster, CALLER);
            assertThatThrownBy(() -> caller(client).getLog())
                    .hasMessageContaining(
                            "container \"caller\" in pod \"caller\" is waiting to start:"
                                    + " ContainerCreating");
            lab.cluster.advance(Duration.ofSeconds(15));
            assertThatThrownBy(() -> caller(client).terminated().getLog())
                    .hasMessageContaining(
                            "previous terminated container \"caller\" in pod \"caller\" not found");
            assertThat(caller(client).tailingLines(2).getLog().split("\n"))
                    .hasSize(2)
                    .allMatch(
                            line ->
                                    line.matches(
                                            "2026/03/02 09:00:\\d\\d ERROR Get \"http://nowhere/\":"
                                                    + " context deadline exceeded.*"));
            assertThat(caller(client).limitBytes(10).getLog()).hasSize(10);
            assertThat(caller(client).usingTimestamps().tailingLines(1).getLog())
                    .startsWith("2026-03-02T09:00:1");
            lab.cluster.advance(Duration.ofSeconds(10));
            assertThat(caller(client).terminated().getLog()).contains("panic: index out of range");
        }
    }

    @Test
    void aFollowedLogArrivesAsItIsWrittenAndEndsWithItsContainer() {
        try (var lab = new Lab();
                var client = lab.client("reader-token")) {
            Lab.apply(lab.cluster, CALLER);
            lab.cluster.advance(Duration.ofSeconds(10));
            var seen = new ByteArrayOutputStream();
            try (var _ = caller(client).watchLog(seen)) {
                lab.cluster.advance(Duration.ofSeconds(5));
                Lab.until("more lines", () -> text(seen).lines().count() >= 4);
                lab.cluster.advance(Duration.ofSeconds(15));
                Lab.until("the panic", () -> text(seen).contains("goroutine 18"));
            }
        }
    }

    private static String text(ByteArrayOutputStream seen) {
        return seen.toString(StandardCharsets.UTF_8);
    }
}
