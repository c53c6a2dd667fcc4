package dev.kestrel.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.Site;
import dev.kestrel.domain.access.Role;
import dev.kestrel.testkit.Awaited;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** People sign in, stay signed in, and are signed out when somebody took their token. */
class SessionTest {
    private final Site site = Site.open();

    @Test
    void signingInGivesATokenAndACookieThatScriptsCannotRead() {
        var alice = Site.newUser(Role.APPROVER);

        var answer = site.signIn(alice.name(), Site.PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(200);
        var body = answer.bodyAsJsonObject();
        assertThat(body.getLong("expiresIn")).isEqualTo(600);
        assertThat(body.getJsonObject("principal").getString("role")).isEqualTo("APPROVER");
        assertThat(answer.cookies().getFirst())
                .startsWith("kestrel_refresh=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/api/v1/session");
        var me = site.get(body.getString("accessToken"), "/api/v1/me").bodyAsJsonObject();
        assertThat(me.getString("tenant")).isEqualTo(alice.tenant());
        assertThat(me.getString("user")).isEqualTo(alice.user());
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreToldAlike() {
        var alice = Site.newUser(Role.VIEWER);

        var wrong = site.signIn(alice.name(), "wrong");
        var unknown = site.signIn("nobody@nowhere.test", "wrong");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.bodyAsJsonObject()).isEqualTo(unknown.bodyAsJsonObject());
        assertThat(wrong.bodyAsJsonObject().getString("code")).isEqualTo("wrong_credentials");
        assertThat(wrong.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void theSixthWrongPasswordInAMinuteIsNotEvenTried() {
        var alice = Site.newUser(Role.VIEWER);
        for (int i = 0; i < 5; i++) {
            assertThat(site.signIn(alice.name(), "wrong").statusCode()).isEqualTo(401);
        }

        var sixth = site.signIn(alice.name().toUpperCase(Locale.ROOT), Site.PASSWORD);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().get("Retry-After")).isEqualTo("12");

        site.pass(Duration.ofSeconds(12));
        assertThat(site.signIn(alice.name(), Site.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void aRightPasswordDoesNotUseUpTheLimit() {
        var alice = Site.newUser(Role.VIEWER);
        for (int i = 0; i < 7; i++) {
            assertThat(site.signIn(alice.name(), Site.PASSWORD).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refreshingGivesANewTokenAndCookie() {
        var first = site.signIn(Site.newUser(Role.VIEWER).name(), Site.PASSWORD);

        var second = refresh(first);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(cookie(second)).isNotEqualTo(cookie(first));
        assertThat(refresh(second).statusCode()).isEqualTo(200);
    }

    @Test
    void aCookieUsedTwiceSignsEveryoneOutWhoHoldsOneOfThatSignIn() {
        var first = site.signIn(Site.newUser(Role.VIEWER).name(), Site.PASSWORD);
        var second = refresh(first);

        assertThat(refresh(first).statusCode()).isEqualTo(401);
        assertThat(refresh(second).statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSignInAndClearsTheCookie() {
        var alice = Site.newUser(Role.VIEWER);
        var first = site.signIn(alice.name(), Site.PASSWORD);

        var out =
                Site.send(
                        site.request(HttpMethod.DELETE, "", "/api/v1/session")
                                .putHeader("Cookie", cookie(first))
                                .send());

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.cookies().getFirst()).contains("Max-Age=0");
        assertThat(refresh(first).statusCode()).isEqualTo(401);
        assertThat(Awaited.await(Site.store().audit().list(alice.tenant(), 99, 10)))
                .extracting(entry -> entry.action())
                .isEqualTo(List.of("session.sign_out", "session.sign_in"));
    }

    @Test
    void whereNoCookieIsNobodyIsSignedIn() {
        var answer = Site.send(site.request(HttpMethod.POST, "", "/api/v1/session/refresh").send());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.cookies()).isEmpty();
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver() {
        var token = site.tokenOf(Site.newUser(Role.VIEWER));

        site.pass(Duration.ofSeconds(599));
        assertThat(site.get(token, "/api/v1/me").statusCode()).isEqualTo(200);
        site.pass(Duration.ofSeconds(1));
        var late = site.get(token, "/api/v1/me");
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.headers().get("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void aTokenThatWasChangedOrIsNotSignedIsRefused() {
        var parts = site.tokenOf(Site.newUser(Role.VIEWER)).split("\\.");
        var claims = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
        var admin = encode(claims.copy().put("role", "ADMIN"));
        var none = encode(new JsonObject().put("alg", "none").put("typ", "JWT"));

        assertThat(status(parts[0] + "." + admin + "." + parts[2])).isEqualTo(401);
        assertThat(status(none + "." + admin + ".")).isEqualTo(401);
        assertThat(status("nonsense")).isEqualTo(401);
        assertThat(site.get("", "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void thePublicKeyIsThereForOthersAndNothingOfThePrivateOne() {
        var key =
                site.get("", "/.well-known/jwks.json")
                        .bodyAsJsonObject()
                        .getJsonArray("keys")
                        .getJsonObject(0);

        assertThat(key.fieldNames())
                .containsExactlyInAnyOrder("kty", "alg", "use", "kid", "n", "e");
    }

    private int status(String token) {
        return site.get(token, "/api/v1/me").statusCode();
    }

    private static String encode(JsonObject json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.toBuffer().getBytes());
    }

    private HttpResponse<Buffer> refresh(HttpResponse<Buffer> before) {
        return Site.send(
                site.request(HttpMethod.POST, "", "/api/v1/session/refresh")
                        .putHeader("Cookie", cookie(before))
                        .send());
    }

    private static String cookie(HttpResponse<Buffer> answer) {
        return answer.cookies().getFirst().split(";")[0];
    }
}
