package dev.kestrel.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.testkit.hostile.Onslaught;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

class HostileTokensTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final int INPUTS = 500;

    private final Vertx vertx = Vertx.vertx();
    @TempDir private Path directory;
    private SigningKey key;

    @BeforeEach
    void aKeyIsThere() {
        key = SigningKey.open(directory.resolve("key.pem"), new SecureRandom());
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    @Timeout(600)
    void noTokenButTheRightOneOpensAnything() {
        assertThat(Onslaught.on(new TokenTarget(vertx, key, NOW), INPUTS)).isGreaterThan(INPUTS);
    }

    @Test
    void aTokenThatTheSameKeySignedForAnotherAudienceIsRefused() {
        var tokens = new AccessTokens(vertx, key, Duration.ofMinutes(10), () -> NOW);
        var ours = tokens.issue(new Principal("acme", "u-1", "ann", Role.ADMIN));

        assertThat(tokens.verify(ours).succeeded()).isTrue();
        assertThat(tokens.verify(signed(new JWTOptions().addAudience("kestrel-api"))).succeeded())
                .isTrue();
        assertThat(tokens.verify(signed(new JWTOptions().addAudience("another"))).succeeded())
                .isFalse();
        assertThat(tokens.verify(signed(new JWTOptions())).succeeded()).isFalse();
    }

    private String signed(JWTOptions options) {
        var claims =
                new JsonObject()
                        .put("sub", "u-1")
                        .put("tenant", "acme")
                        .put("name", "ann")
                        .put("role", "ADMIN")
                        .put("exp", NOW.plusSeconds(60).getEpochSecond());
        return JWTAuth.create(vertx, new JWTAuthOptions().addJwk(key.privateJwk()))
                .generateToken(
                        claims,
                        options.setAlgorithm("RS256").setIssuer("kestrel").setNoTimestamp(true));
    }
}
