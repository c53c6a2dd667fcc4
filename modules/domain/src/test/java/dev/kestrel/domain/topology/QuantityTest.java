package dev.kestrel.domain.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "250m,250",
        "1.5,1500",
        "2,2000",
        "100u,1",
        "1k,1000000",
        "1Ki,1024000",
        "2e3,2000000",
        "0,0"
    })
    void thousandthsAreRoundedUpAsTheSchedulerDoes(String text, long millis) {
        assertThat(Quantity.millis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"64Mi,67108864", "1G,1000000000", "1500m,2", "128974848,128974848"})
    void unitsAreWhole(String text, long units) {
        assertThat(Quantity.units(text)).isEqualTo(units);
    }

    @Test
    void theyAreWrittenInTheLargestUnitThatIsExact() {
        assertThat(Quantity.bytes(67108864)).isEqualTo("64Mi");
        assertThat(Quantity.bytes(1L << 31)).isEqualTo("2Gi");
        assertThat(Quantity.bytes(1000)).isEqualTo("1000");
        assertThat(Quantity.cores(1500)).isEqualTo("1500m");
        assertThat(Quantity.cores(2000)).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "12x", "--1", "1.2.3", "1e", "∞"})
    void whatIsNoQuantityIsRefused(String text) {
        assertThatThrownBy(() -> Quantity.millis(text)).hasMessageContaining("no quantity");
    }
}
