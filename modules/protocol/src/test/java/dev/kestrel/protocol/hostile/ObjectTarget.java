package dev.kestrel.protocol.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.ObjectJson;
import dev.kestrel.testkit.hostile.Target;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSON of a Kubernetes object: it is read or refused as malformed, and has one canonical form.
 */
public final class ObjectTarget implements Target {
    public static void fuzzerTestOneInput(byte[] input) {
        new ObjectTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"}}",
                        "{\"spec\":{\"containers\":[{\"name\":\"app\",\"env\":[null,1,2.5,true]}]}}",
                        "{\"a\":-0.0,\"b\":1e14,\"c\":12345678901234567890,\"d\":\"\\ud83e\\udd85\"}",
                        "{}")
                .map(json -> json.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "{\"a\":",
                "[",
                "[[[[[[[[",
                "]",
                "}",
                "null",
                "\"\"",
                ",",
                ":",
                "\\ud800",
                "\\u0000",
                "1e400",
                "\"a\":1,\"a\":2",
                "-",
                "\ufeff",
                "//",
                "\u0000");
    }

    @Override
    public void feed(byte[] input) {
        try {
            var fields = ObjectJson.read(new ByteArrayInputStream(input), input.length);
            var canonical = ObjectJson.write(fields);
            var again = ObjectJson.read(new ByteArrayInputStream(canonical), canonical.length);
            assertThat(again).isEqualTo(fields);
            assertThat(ObjectJson.write(again)).isEqualTo(canonical);
        } catch (Malformed refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }
}
