package dev.kestrel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusTextTest {
    @Test
    void whatAHeaderMayNotCarryIsWrittenAsPercentAndHex() {
        assertThat(StatusText.encode("100% of ü\r\n")).isEqualTo("100%25 of %C3%BC%0D%0A");
    }
}
