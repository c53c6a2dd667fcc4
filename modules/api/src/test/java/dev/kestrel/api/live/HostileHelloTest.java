package dev.kestrel.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.testkit.hostile.Onslaught;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileHelloTest {
    private static final int INPUTS = 10_000;

    @Test
    @Timeout(600)
    void whateverAClientSaysIsUnderstoodOrNot() {
        assertThat(Onslaught.on(new HelloTarget(), INPUTS)).isGreaterThan(INPUTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{\"is\":null}",
                "{\"is\":{}}",
                "{\"is\":\"hello\",\"revisions\":{\"i-1\":null}}",
                "{\"is\":\"hello\",\"revisions\":null}",
                "{\"is\":\"hello\",\"revisions\":[1]}"
            })
    void whatIsNoHelloIsNotUnderstood(String text) {
        assertThat(Hello.parse(text)).isEqualTo(new Hello.Unknown());
    }

    @Test
    void aThousandRevisionsAreReadAndOneMoreIsNot() {
        var revisions = new JsonObject();
        for (int i = 0; i < Hello.REVISIONS_AT_MOST; i++) {
            revisions.put("i-" + i, i);
        }
        var hello = new JsonObject().put("is", "hello").put("revisions", revisions);
        assertThat(Hello.parse(hello.encode())).isInstanceOf(Hello.First.class);

        revisions.put("one more", 1);
        assertThat(Hello.parse(hello.encode())).isEqualTo(new Hello.Unknown());
    }
}
