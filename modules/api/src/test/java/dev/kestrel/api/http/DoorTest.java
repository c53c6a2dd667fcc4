package dev.kestrel.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.Site;
import dev.kestrel.domain.access.Role;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** What is refused at the door is refused with a reason, and every answer is safe for a browser. */
class DoorTest {
    private final Site site = Site.open();

    @Test
    void whatIsNotThereOrNotTakenIsAProblem() {
        expect(site.get("", "/api/v1/nothing"), 404, "not_found");
        expect(
                Site.send(site.request(HttpMethod.PUT, "", "/api/v1/session").send()),
                405,
                "method_not_allowed");
        expect(signIn("text/plain", "{}"), 415, "unsupported_media_type");
        expect(signIn("application/json", "{"), 400, "invalid_request");
        expect(signIn("application/json", "[]"), 400, "invalid_request");
        expect(signIn("application/json", ""), 400, "invalid_request");
        expect(signIn("application/json", "{\"email\": 7}"), 400, "invalid_request");
    }

    @Test
    void aBodyAtTheLimitIsReadAndOneOverItIsNot() {
        var empty = "{\"email\":\"\",\"password\":\"\"}".length();
        var filled = "{\"email\":\"\",\"password\":\"" + "x".repeat(65_536 - empty) + "\"}";

        expect(signIn("application/json", filled), 400, "invalid_request");
        expect(signIn("application/json", filled + " "), 413, "body_too_large");
    }

    @Test
    void aPrincipalThatAsksTooOftenWaits() {
        var narrow = Site.open(Map.of("requests-per-second", "1", "requests-burst", "3"));
        var token = narrow.tokenOf(Site.newUser(Role.VIEWER));
        for (int i = 0; i < 3; i++) {
            assertThat(narrow.get(token, "/api/v1/me").statusCode()).isEqualTo(200);
        }

        var fourth = narrow.get(token, "/api/v1/me");
        expect(fourth, 429, "too_many_requests");
        assertThat(fourth.headers().get("Retry-After")).isEqualTo("1");
        narrow.pass(Duration.ofSeconds(1));
        assertThat(narrow.get(token, "/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(
                        narrow.meters
                                .get("kestrel_limit_hit")
                                .tag("limit", "requests")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void everyAnswerForbidsInlineScriptsAndFrames() {
        for (var path : new String[] {"/", "/api/v1/me", "/healthz", "/assets/app-1234.js"}) {
            var headers = site.get("", path).headers();
            assertThat(headers.get("Content-Security-Policy"))
                    .as(path)
                    .contains("script-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .contains("object-src 'none'");
            assertThat(headers.get("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(headers.get("Referrer-Policy")).isEqualTo("no-referrer");
        }
    }

    @Test
    void everyPageIsTheDashboardAndIsAskedForAgainEachTime() {
        for (var path : new String[] {"/", "/index.html", "/incidents/i-1", "/clusters"}) {
            var page = site.get("", path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.bodyAsString()).contains("Kestrel test page");
            assertThat(page.headers().getAll("Cache-Control")).containsExactly("no-cache");
        }
    }

    @Test
    void assetsAreKeptForGoodAndMissingOnesAreNotPages() {
        var script = site.get("", "/assets/app-1234.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().getAll("Cache-Control"))
                .containsExactly("public, max-age=31536000, immutable");

        expect(site.get("", "/assets/app-4321.js"), 404, "not_found");
        assertThat(site.get("", "/assets/../../../../../etc/passwd").bodyAsString())
                .contains("Kestrel test page");
        expect(site.get("", "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd"), 404, "not_found");
    }

    @Test
    void programsThatRunKestrelLearnHowItIs() {
        assertThat(site.get("", "/healthz").bodyAsString()).isEqualTo("alive\n");
        assertThat(site.get("", "/readyz").bodyAsString()).isEqualTo("ready\n");
        assertThat(site.get("", "/metrics").bodyAsString()).isEqualTo("kestrel_up 1\n");
        assertThat(site.get("", "/api/v1/openapi.yaml").bodyAsString()).startsWith("openapi: 3.1");
    }

    private HttpResponse<Buffer> signIn(String type, String body) {
        return Site.send(
                site.request(HttpMethod.POST, "", "/api/v1/session")
                        .putHeader("Content-Type", type)
                        .sendBuffer(Buffer.buffer(body)));
    }

    private static void expect(HttpResponse<Buffer> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = answer.bodyAsJsonObject();
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("action")).isNotBlank();
    }
}
