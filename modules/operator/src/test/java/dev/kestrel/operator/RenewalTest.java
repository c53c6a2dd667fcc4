package dev.kestrel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.operator.identity.IdentityFiles;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class RenewalTest {
    @Test
    void theCertificateIsRenewedWhileTheStreamGoesOnAndTheStreamMovesBeforeItEnds() {
        try (var rig = new OperatorRig()) {
            rig.cloud.lifetime = Duration.ofSeconds(6);
            rig.readOnly();
            Eventually.until(() -> rig.cloud.renewals.get() == 1);
            assertThat(rig.cloud.hellos).as("streams opened until the renewal").hasSize(1);
            rig.cloud.lifetime = Duration.ofHours(1);

            Eventually.until(() -> rig.cloud.hellos.size() == 2);
            assertThat(rig.cloud.serials.get(1)).isNotEqualTo(rig.cloud.serials.getFirst());
            assertThat(rig.cloud.hellos.get(1).getBootId())
                    .isEqualTo(rig.cloud.hellos.getFirst().getBootId());
        }
    }

    @Test
    void anOperatorThatStartsAgainNeedsNoTokenAndKeepsItsIdentity() {
        try (var rig = new OperatorRig()) {
            rig.readOnly();
            Eventually.until(() -> rig.cloud.hellos.size() == 1);
            var before = new IdentityFiles(rig.identity).load().orElseThrow();
            rig.stop();
            rig.withoutToken().readOnly();

            Eventually.until(() -> rig.cloud.hellos.size() == 2);
            assertThat(new IdentityFiles(rig.identity).load()).contains(before);
            assertThat(rig.cloud.hellos.get(1).getBootId())
                    .isNotEqualTo(rig.cloud.hellos.getFirst().getBootId());
        }
    }
}
