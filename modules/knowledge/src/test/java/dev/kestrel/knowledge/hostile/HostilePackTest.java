package dev.kestrel.knowledge.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.knowledge.yaml.Reader;
import dev.kestrel.testkit.hostile.Onslaught;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostilePackTest {
    private static final int INPUTS = 2_000;

    @Test
    @Timeout(600)
    void whateverAPackSaysItIsReadOrComplainedAbout() {
        assertThat(Onslaught.on(new PackTarget(), INPUTS)).isGreaterThan(INPUTS);
    }

    @Test
    void fiftyLevelsAreReadAndOneMoreIsNot() throws Reader.Malformed {
        assertThat(Reader.read("x", "[".repeat(50) + "]".repeat(50))).hasSize(1);
        refused("[".repeat(51) + "]".repeat(51), "nested deeper than 50");
        refused("[".repeat(100_000), "nested deeper than 50");
    }

    @Test
    void aListOfItselfIsNoTree() {
        refused("a: &a [*a]", "nested deeper");
    }

    @Test
    void aliasesThatRepeatEachOtherDoNotFillTheMemory() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 25; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        refused(bomb.toString(), "more than 100000 nodes");
    }

    @Test
    void aHundredThousandNodesAreReadAndOneMoreIsNot() throws Reader.Malformed {
        assertThat(Reader.read("x", "[" + "x,".repeat(99_998) + "x]")).hasSize(1);
        refused("[" + "x,".repeat(99_999) + "x]", "more than 100000 nodes");
    }

    @Test
    void oneMebibyteIsReadAndOneMoreCharacterIsNot() throws Reader.Malformed {
        var text = "x".repeat((1 << 20) - 2);
        assertThat(Reader.read("x", "'" + text + "'")).hasSize(1);
        refused("'" + text + "x'", "exceeds the limit");
    }

    @Test
    void numbersThatAreNoneStayTexts() throws Reader.Malformed {
        var read =
                Reader.read("x", "[0o17, 99999999999999999999, .inf, -.INF, .nan, 0x1F, 017, -7]");

        assertThat(read.getFirst().plain().toString())
                .isEqualTo("[0o17, 99999999999999999999, .inf, -.INF, .nan, 0x1F, 017, -7]");
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> Reader.read("x", text))
                .isInstanceOf(Reader.Malformed.class)
                .hasMessageContaining(why);
    }
}
