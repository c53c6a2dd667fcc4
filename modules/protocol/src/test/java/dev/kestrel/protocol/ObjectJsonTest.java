package dev.kestrel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.Fields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class ObjectJsonTest {
    @Test
    void nullsAreLeftOutAndWholeNumbersHaveOneForm() {
        assertThat(read("{\"a\":null,\"b\":1,\"c\":2.0,\"d\":9223372036854775808}"))
                .isEqualTo(
                        Fields.of(
                                Map.of(
                                        "b",
                                        1L,
                                        "c",
                                        2L,
                                        "d",
                                        new BigInteger("9223372036854775808"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":null,\"a\":2}",
                "{\"a\":1,\"a\":null}",
                "{\"in\":{\"a\":1,\"a\":1}}"
            })
    void aMemberThatComesTwiceIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Malformed.class);
    }

    private static Fields read(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return ObjectJson.read(new ByteArrayInputStream(bytes), bytes.length);
    }
}
