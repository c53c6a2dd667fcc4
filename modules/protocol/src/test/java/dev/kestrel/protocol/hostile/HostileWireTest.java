package dev.kestrel.protocol.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.testkit.hostile.Onslaught;
import dev.kestrel.testkit.hostile.Target;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class HostileWireTest {
    private static final int INPUTS = 10_000;

    static List<Target> targets() {
        return List.of(
                new BatchTarget(),
                new WireBatchTarget(),
                new CommandTarget(),
                new OutcomeTarget(),
                new ObjectTarget());
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(600)
    void whatComesOverTheWireIsReadOrRefused(Target target) {
        assertThat(Onslaught.on(target, INPUTS)).isGreaterThan(INPUTS);
    }
}
