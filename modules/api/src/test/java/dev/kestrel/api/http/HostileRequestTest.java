package dev.kestrel.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.Site;
import dev.kestrel.domain.access.Role;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests that no browser sends are refused with a reason, and never become our error. */
class HostileRequestTest {
    private final Site site = Site.open();
    private final String token = site.tokenOf(Site.newUser(Role.ADMIN));

    @AfterEach
    void theNextRequestIsAnswered() {
        assertThat(site.get(token, "/api/v1/me").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/incidents?text=%00",
                "/api/v1/incidents?cluster=a%00b",
                "/api/v1/incidents?cursor=%00",
                "/api/v1/incidents?limit=1e3",
                "/api/v1/incidents?limit=99999999999999999999",
                "/api/v1/incidents?status=OPEN%00",
                "/api/v1/incidents?text=a&text=b",
                "/api/v1/incidents?unknown=1"
            })
    void aQueryThatCannotBeAskedIsRefused(String path) {
        assertThat(site.get(token, path).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "i-1%00",
                "%ff%fe",
                "'%20OR%201=1--",
                "1';SET%20LOCAL%20kestrel.tenant='other';--",
                "..%2f..%2fme"
            })
    void anIdThatIsNoneIsNotThere(String id) {
        assertThat(site.get(token, "/api/v1/incidents/" + id).statusCode()).isIn(400, 404);
        assertThat(site.get(token, "/api/v1/clusters/" + id).statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807:i-1",
                "-9223372036854775808:i-1",
                "1:\u0000",
                "x:y",
                "7",
                ""
            })
    void aCursorThatIsNotOursIsRefused(String plain) {
        var cursor =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        assertThat(site.get(token, "/api/v1/incidents?cursor=" + cursor).statusCode())
                .isEqualTo(plain.isEmpty() ? 200 : 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[{}]",
                "{\"email\":null,\"password\":null}",
                "{\"email\":{\"a\":1},\"password\":[]}",
                "{\"email\":\"a\\u0000@b.test\",\"password\":\"x\"}",
                "{\"email\":\"\\ud800@b.test\",\"password\":\"x\"}",
                "{\"email\":\"a@b.test\",\"password\":\"x\",\"tenant\":\"other\"}",
                "{\"email\":\"a@b.test\",\"password\":\"x\"} trailing",
                "\u0000\u0001"
            })
    void aBodyThatIsNoneIsRefused(String body) {
        assertThat(signIn(body)).isEqualTo(400);
    }

    @Test
    void aBodyThatIsDeepIsRefused() {
        assertThat(signIn("{\"email\":".repeat(6_000))).isEqualTo(400);
        assertThat(signIn("[".repeat(60_000))).isEqualTo(400);
        assertThat(signIn("{\"email\":" + "[".repeat(900) + "]".repeat(900) + "}")).isEqualTo(400);
    }

    @Test
    void ofAMemberThatComesTwiceTheLastCountsEverywhere() {
        var ann = Site.newUser(Role.VIEWER);
        var body =
                "{\"email\":\"nobody@x.test\",\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(ann.name(), Site.PASSWORD);

        assertThat(signIn(body)).isEqualTo(200);
    }

    @Test
    void headersHaveALimit() {
        assertThat(alone("/api/v1/me", "x".repeat(4_000))).isEqualTo(401);
        assertThat(alone("/api/v1/me", "x".repeat(9_000))).isEqualTo(431);
        assertThat(alone("/api/v1/" + "x".repeat(5_000), "x")).isEqualTo(414);
    }

    /** On a connection of its own, because a refused one is closed. */
    private int alone(String path, String header) {
        var client = WebClient.create(Site.vertx(), new WebClientOptions().setKeepAlive(false));
        return Site.send(client.get(site.port(), "127.0.0.1", path).putHeader("X-A", header).send())
                .statusCode();
    }

    private int signIn(String body) {
        return Site.send(
                        site.request(HttpMethod.POST, "", "/api/v1/session")
                                .putHeader("Content-Type", "application/json")
                                .sendBuffer(Buffer.buffer(body)))
                .statusCode();
    }
}
