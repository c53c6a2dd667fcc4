package dev.kestrel.api.access;

import dev.kestrel.api.http.Code;
import dev.kestrel.api.http.Problem;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Makes and checks access tokens: short-lived JWTs, signed with RS256. */
public final class AccessTokens {
    private static final String ISSUER = "kestrel";

    /** What is signed with the same key for another purpose opens nothing here. */
    private static final String AUDIENCE = "kestrel-api";

    private final JWTAuth jwt;
    private final Duration life;
    private final InstantSource clock;

    public AccessTokens(Vertx vertx, SigningKey key, Duration life, InstantSource clock) {
        this.life = life;
        this.clock = clock;
        // The end of a token is checked here, against the clock that we were given.
        this.jwt =
                JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                                .addJwk(key.privateJwk())
                                .setJWTOptions(
                                        new JWTOptions()
                                                .setAlgorithm("RS256")
                                                .setIssuer(ISSUER)
                                                .addAudience(AUDIENCE)
                                                .setIgnoreExpiration(true)));
    }

    /** Who a token belongs to, and until when. */
    public record Verified(Principal principal, Instant until) {}

    Duration life() {
        return life;
    }

    String issue(Principal principal) {
        var claims =
                new JsonObject()
                        .put("sub", principal.user())
                        .put("tenant", principal.tenant())
                        .put("name", principal.name())
                        .put("role", principal.role().name())
                        .put("exp", clock.instant().plus(life).getEpochSecond());
        return jwt.generateToken(
                claims,
                new JWTOptions()
                        .setAlgorithm("RS256")
                        .setIssuer(ISSUER)
                        .addAudience(AUDIENCE)
                        .setNoTimestamp(true));
    }

    /** Fails as not signed in when the token is not ours, was changed, or has ended. */
    public Future<Verified> verify(String token) {
        return jwt.authenticate(new TokenCredentials(token))
                .map(user -> read(user.attributes().getJsonObject("accessToken")))
                .recover(_ -> Future.failedFuture(notSignedIn()))
                .compose(
                        verified ->
                                clock.instant().isBefore(verified.until())
                                        ? Future.succeededFuture(verified)
                                        : Future.failedFuture(notSignedIn()));
    }

    private static Verified read(JsonObject claims) {
        return new Verified(
                new Principal(
                        claims.getString("tenant"),
                        claims.getString("sub"),
                        claims.getString("name"),
                        Role.valueOf(claims.getString("role"))),
                Instant.ofEpochSecond(claims.getLong("exp")));
    }

    private static RuntimeException notSignedIn() {
        return Problem.of(Code.NOT_SIGNED_IN, "The access token is not valid, or has ended.")
                .raised();
    }
}
