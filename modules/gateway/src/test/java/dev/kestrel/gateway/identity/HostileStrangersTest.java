package dev.kestrel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.testkit.hostile.Onslaught;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostileStrangersTest {
    private static final int INPUTS = 2_000;

    @Test
    @Timeout(600)
    void whateverAStrangerSendsIsRefused() {
        assertThat(Onslaught.on(new EnrolmentTarget(), INPUTS)).isGreaterThan(INPUTS);
    }
}
