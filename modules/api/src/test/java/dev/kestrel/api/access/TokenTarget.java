package dev.kestrel.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.http.ProblemException;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.testkit.hostile.Target;

import io.vertx.core.Vertx;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * An access token as anybody may send it: whose it is, or that it is refused; never somebody
 * else's.
 */
final class TokenTarget implements Target {
    private static final Principal ANN =
            new Principal("acme", "u-1", "ann@acme.example", Role.VIEWER);

    private final AccessTokens tokens;

    TokenTarget(Vertx vertx, SigningKey key, Instant now) {
        this.tokens = new AccessTokens(vertx, key, Duration.ofMinutes(10), () -> now);
    }

    @Override
    public List<byte[]> seeds() {
        var token = tokens.issue(ANN);
        var parts = token.split("\\.");
        return List.of(
                token.getBytes(StandardCharsets.UTF_8),
                (encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".")
                        .getBytes(StandardCharsets.UTF_8),
                (encoded("{\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2])
                        .getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of(
                ".",
                "..",
                "=",
                encoded("{\"alg\":\"none\"}"),
                encoded("{}"),
                encoded("null"),
                encoded("[]"),
                encoded("{\"alg\":null}"),
                encoded("{\"alg\":7,\"kid\":{}}"),
                "\u0000",
                "\u00e9");
    }

    @Override
    public void feed(byte[] input) {
        var answer = tokens.verify(new String(input, StandardCharsets.UTF_8));
        assertThat(answer.isComplete()).isTrue();
        if (answer.succeeded()) {
            assertThat(answer.result().principal()).isEqualTo(ANN);
        } else {
            assertThat(answer.cause()).isInstanceOf(ProblemException.class);
        }
    }
}
