package dev.kestrel.domain.topology.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3/31, 10.1.2.2, true",
        "10.1.2.3/31, 10.1.2.4, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 10.0.0.1, false",
        "2001:db8::/32, 2001:DB8:0:1::7, true",
        "2001:db8::/32, 2001:db9::7, false",
        "::1/128, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, not an address, false",
        "10.0.0.0/8, '', false"
    })
    void holdsWhatSharesItsFirstBits(String block, String address, boolean inside) {
        assertThat(Cidr.parse(block).orElseThrow().contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0/8",
                "10.0.0.256/8",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/-1",
                "1::2::3/8",
                "1:2:3:4:5:6:7:8:9/8",
                "host/8"
            })
    void isEmptyForWhatIsNoBlock(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }
}
