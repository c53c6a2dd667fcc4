package dev.kestrel.gateway.identity;

import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.gateway.limit.GatewayMetrics.Refused;
import dev.kestrel.gateway.limit.TokenBucket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.InstantSource;

/**
 * Handshakes that came to nothing. The peer hears no more than that; we count why, and write as
 * much of it as a person can read, for anybody may knock as often as they like.
 */
public final class Handshakes {
    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);
    private static final int LINES_PER_SECOND = 1;
    private static final int LINES_AT_ONCE = 20;
    private static final int DEEPEST_CAUSE = 10;

    private final GatewayMetrics metrics;
    private final InstantSource clock;
    private final TokenBucket lines;

    public Handshakes(GatewayMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.lines = new TokenBucket(LINES_PER_SECOND, LINES_AT_ONCE, clock.instant());
    }

    /** One broke. */
    public void onFailure(Throwable failure) {
        var reason = reason(failure);
        metrics.refused(reason);
        if (lines.tryTake(1, clock.instant())) {
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("detail", String.valueOf(failure.getMessage()))
                    .log("handshake refused");
        }
    }

    /** Why, whichever of the two engines says it, and however deep. */
    static Refused reason(Throwable failure) {
        var found = Refused.HANDSHAKE;
        var cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return Refused.EXPIRED;
                }
                case CertificateNotYetValidException _ -> {
                    return Refused.NOT_YET_VALID;
                }
                case CertPathBuilderException _,
                        CertPathValidatorException _,
                        CertificateException _ ->
                        found = Refused.UNTRUSTED;
                default -> found = isWithout(cause) ? Refused.NO_CERTIFICATE : found;
            }
            cause = cause.getCause();
        }
        return found;
    }

    private static boolean isWithout(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
                || message.contains("Empty client certificate chain");
    }
}
