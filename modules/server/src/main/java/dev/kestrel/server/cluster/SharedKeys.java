package dev.kestrel.server.cluster;

import dev.kestrel.api.access.SigningKey;
import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.gateway.identity.FileCertificateAuthority;
import dev.kestrel.store.node.Nodes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The keys that all nodes of a cloud have in common, as files. The database knows their
 * fingerprints: a node that has others, or would make others, does not start.
 */
public final class SharedKeys {
    private static final Duration CERTIFICATE_LIFE = Duration.ofHours(24);
    private static final String AUTHORITY = "certificate authority";
    private static final String TOKENS = "token key";

    private final Vertx vertx;
    private final Nodes nodes;
    private final SecureRandom random;

    public SharedKeys(Vertx vertx, Nodes nodes, SecureRandom random) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.random = random;
    }

    /** Opens the authority in a folder; makes one only for a cloud that has none yet. */
    public Future<CertificateAuthority> authority(Path folder, String trustDomain, Instant now) {
        return mayBeMade(AUTHORITY, "authority-dir", folder, FileCertificateAuthority.isIn(folder))
                .compose(ignored -> vertx.executeBlocking(() -> open(folder, trustDomain, now)))
                .compose(
                        authority ->
                                agree(
                                        AUTHORITY,
                                        "authority-dir",
                                        folder,
                                        authority.fingerprint(),
                                        authority));
    }

    private FileCertificateAuthority open(Path folder, String trustDomain, Instant now) {
        try {
            return FileCertificateAuthority.open(
                    folder, trustDomain, CERTIFICATE_LIFE, random, now);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the certificate authority cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Opens the key that access tokens are signed with; makes one as {@link #authority} does. */
    public Future<SigningKey> tokens(Path file) {
        return mayBeMade(TOKENS, "token-key", file, Files.exists(file))
                .compose(ignored -> vertx.executeBlocking(() -> SigningKey.open(file, random)))
                .compose(key -> agree(TOKENS, "token-key", file, key.id(), key));
    }

    private Future<Void> mayBeMade(String what, String setting, Path where, boolean isThere) {
        return isThere
                ? Future.succeededFuture()
                : nodes.key(what).compose(known -> refusal(what, setting, where, known));
    }

    private static Future<Void> refusal(
            String what, String setting, Path where, Optional<String> known) {
        return known.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(
                        new IllegalStateException(
                                "this cloud has a %s already (%s), and there is none in %s: copy the first node's there, or set %s to where it is"
                                        .formatted(what, known.get(), where, setting)));
    }

    private <T> Future<T> agree(
            String what, String setting, Path where, String fingerprint, T opened) {
        return nodes.agreeOnKey(what, fingerprint)
                .compose(
                        known ->
                                known.equals(fingerprint)
                                        ? Future.succeededFuture(opened)
                                        : Future.failedFuture(
                                                new IllegalStateException(
                                                        "the %s in %s is another (%s) than this cloud's (%s): set %s to the first node's, or use another database"
                                                                .formatted(
                                                                        what,
                                                                        where,
                                                                        fingerprint,
                                                                        known,
                                                                        setting))));
    }
}
