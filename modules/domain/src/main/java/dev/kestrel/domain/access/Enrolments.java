package dev.kestrel.domain.access;

import dev.kestrel.domain.signal.ClusterRef;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Join tokens and the identities that were made from them. Tokens are kept as SHA-256 only. */
public interface Enrolments {
    /** Keeps a new join token for a cluster that is created with it. */
    CompletionStage<Boolean> offer(
            ClusterRef cluster, String name, byte[] tokenDigest, Instant expiresAt);

    /**
     * Uses a token up, once; empty when it is unknown, used or expired, and nothing tells which.
     */
    CompletionStage<Optional<ClusterRef>> redeem(byte[] tokenDigest, Instant now);

    /** Records an issued certificate. */
    CompletionStage<Boolean> issued(
            ClusterRef cluster, String serial, Instant notBefore, Instant notAfter);

    /**
     * Whether a certificate may still be used: known, and neither it nor its cluster is revoked.
     *
     * @param serial lower-case hex
     */
    CompletionStage<Boolean> isValid(ClusterRef cluster, String serial);
}
