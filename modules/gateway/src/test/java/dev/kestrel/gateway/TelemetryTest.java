package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class TelemetryTest {
    @TempDir private Path directory;

    @Test
    void anEnrolledClusterSendsBatchesThatAreAcknowledgedOnceDurable() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            assertThat(Say.welcome(stream).getResumeAfter()).isZero();

            stream.send(Say.batch(1)).send(Say.batch(2)).send(Say.batch(3));

            Say.acknowledged(stream, 3);
            assertThat(site.owner.sequences()).containsExactly(1L, 2L, 3L);
            assertThat(site.owner.batches).allMatch(batch -> batch.cluster().equals(Site.PROD));
        }
    }
}
