package dev.kestrel.operator.source.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation.LogLine;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

final class LogReadingTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final Wanted LOG =
            new Wanted(new ResourceRef("Pod", "shop", "cart-1"), "u1", "app", 0, false, true);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final LogReading reading = new LogReading(LOG, Instant.EPOCH, (InstantSource) now::get);

    @Test
    void theTimeInFrontIsTheTimeOfTheSignal() {
        var signal = reading.read("2099-12-31T23:59:59.123456789Z panic: password=x").orElseThrow();
        assertThat(signal.observedAt()).isEqualTo(Instant.parse("2099-12-31T23:59:59.123456789Z"));
        assertThat(text(signal)).isEqualTo("panic: password=[redacted:secret]");
    }

    @Test
    void aLineThatWasToldBeforeIsLeftOut() {
        assertThat(reading.read("2099-12-31T23:59:59Z a")).isPresent();
        assertThat(reading.read("2099-12-31T23:59:59Z a")).isEmpty();
        assertThat(reading.read("2099-12-31T23:59:59.000000001Z b")).isPresent();
        assertThat(reading.takeShed()).isZero();
    }

    @Test
    void aBurstPassesAndThenSoManyASecond() {
        for (int i = 0; i < 200; i++) {
            assertThat(reading.read("line " + i)).isPresent();
        }
        assertThat(reading.read("one too many")).isEmpty();
        assertThat(reading.takeShed()).isEqualTo(1);
        assertThat(reading.takeShed()).isZero();
        now.set(NOW.plusMillis(50));
        assertThat(reading.read("a twentieth of a second later")).isPresent();
        assertThat(reading.read("at once")).isEmpty();
    }

    @Test
    void aLineIsCutAtEightKibibytesBetweenCharacters() {
        var exact = "é".repeat(4096);
        assertThat(text(reading.read(exact).orElseThrow())).isEqualTo(exact);
        var over = text(reading.read(exact + "x").orElseThrow());
        assertThat(over).endsWith("é [cut]");
        assertThat(over.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(8192);
    }

    @Test
    void piecesBecomeLinesWhereverTheyWereCut() {
        var lines = new LineSplitter(4);
        assertThat(lines.feed(bytes("ab"))).isEmpty();
        assertThat(lines.feed(bytes("cd\nabcde\r\nx"))).containsExactly("abcd", "abcd [cut]");
        assertThat(lines.rest()).containsExactly("x");
        assertThat(lines.rest()).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Signal signal) {
        return ((LogLine) signal.observation()).text();
    }
}
