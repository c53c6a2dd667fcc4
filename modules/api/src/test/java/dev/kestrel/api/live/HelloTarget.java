package dev.kestrel.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.testkit.hostile.Target;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What a client says on the live feed: it is understood or not. */
final class HelloTarget implements Target {
    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "{\"is\":\"hello\",\"token\":\"a.b.c\",\"revisions\":{\"i-1\":4,\"i-2\":7}}",
                        "{\"is\":\"token\",\"token\":\"a.b.c\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("null", "[", "{\"a\":", "\"\"", "1e999", "{}", "\\ud800", "true", ":", ",");
    }

    @Override
    public void feed(byte[] input) {
        switch (Hello.parse(new String(input, StandardCharsets.UTF_8))) {
            case Hello.First(var token, var revisions) -> {
                assertThat(token).isNotNull();
                assertThat(revisions).hasSizeLessThanOrEqualTo(Hello.REVISIONS_AT_MOST);
            }
            case Hello.Renewed(var token) -> assertThat(token).isNotNull();
            case Hello.Unknown() -> {}
        }
    }
}
