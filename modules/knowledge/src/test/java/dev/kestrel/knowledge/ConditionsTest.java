package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Conditions answer soon, whatever the object is like. */
class ConditionsTest {
    private static final ResourceRef REF = ResourceRef.parse("Pod/shop/web");

    @Test
    @Timeout(60)
    void aConditionThatWouldTakeForEverIsNotDecided() {
        var topology = with(Map.of("all", Collections.nCopies(20_000, "x")));
        var cubed =
                Conditions.compile(
                        "self.all.all(a, self.all.all(b, self.all.all(c, a == b && b == c)))");

        assertThat(cubed.holds(REF, topology)).isTrue();
    }

    @Test
    void aLongListIsStillWalkedOnce() {
        var topology = with(Map.of("all", Collections.nCopies(40_000, "x")));

        assertThat(Conditions.compile("self.all.exists(a, a == 'y')").holds(REF, topology))
                .isFalse();
    }

    @Test
    void aNumberThatCelDoesNotHaveIsNotDecided() {
        var topology = with(Map.of("n", new BigInteger("9".repeat(30)), "l", List.of(1L)));

        assertThat(Conditions.compile("self.n == 1").holds(REF, topology)).isIn(true, false);
        assertThat(Conditions.compile("self.n > 1").holds(REF, topology)).isTrue();
        assertThat(Conditions.compile("size(self.n) > 1").holds(REF, topology)).isTrue();
    }

    @Test
    void aConditionHasAtMost4096Characters() {
        var most = "name == '" + "x".repeat(4096 - 10) + "'";
        assertThat(Conditions.compile(most).holds(REF, with(Map.of()))).isFalse();
        assertThatThrownBy(() -> Conditions.compile(most + " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Topology with(Map<String, Object> fields) {
        var topology = new Topology();
        topology.apply(
                new KubeObject(REF, "u", "1", "v1", Fields.of(fields), List.of()), Shop.START);
        return topology;
    }
}
