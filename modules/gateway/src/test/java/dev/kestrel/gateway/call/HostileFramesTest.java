package dev.kestrel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.testkit.hostile.Onslaught;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostileFramesTest {
    private static final int INPUTS = 1_000;

    @Test
    @Timeout(600)
    void whateverComesInPiecesIsCutTheSame() {
        assertThat(Onslaught.on(new FrameTarget(), INPUTS)).isGreaterThan(INPUTS);
    }
}
