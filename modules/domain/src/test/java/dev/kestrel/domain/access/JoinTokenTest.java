package dev.kestrel.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.random.RandomGenerator;

class JoinTokenTest {
    private static final RandomGenerator CHANCE = RandomGenerator.of("L64X128MixRandom");

    @Test
    void carries256RandomBitsBehindAPrefixThatScannersCanFind() {
        assertThat(JoinToken.draw(CHANCE).reveal()).matches("kst_[A-Za-z0-9_-]{43}");
    }

    @Test
    void isNeverDrawnTwice() {
        assertThat(JoinToken.draw(CHANCE).reveal()).isNotEqualTo(JoinToken.draw(CHANCE).reveal());
    }

    @Test
    void hasTheSameDigestWhenItIsPresented() {
        var drawn = JoinToken.draw(CHANCE);
        assertThat(JoinToken.presented(drawn.reveal()).digest())
                .hasSize(32)
                .isEqualTo(drawn.digest());
    }

    @Test
    void doesNotPrintItself() {
        assertThat(JoinToken.draw(CHANCE)).hasToString("***");
    }
}
