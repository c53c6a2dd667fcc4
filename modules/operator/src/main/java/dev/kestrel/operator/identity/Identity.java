package dev.kestrel.operator.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * A private key, the certificate for it, and whom to trust on the stream port.
 *
 * @param keyPem PKCS #8
 * @param chainPem leaf first
 */
public record Identity(String keyPem, String chainPem, String trustPem) {
    /** When the certificate became valid. */
    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    /** When the certificate ends. */
    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** How long the certificate lives in all. */
    public Duration lifetime() {
        return Duration.between(notBefore(), notAfter());
    }

    private X509Certificate leaf() {
        try {
            var bytes = new ByteArrayInputStream(chainPem.getBytes(StandardCharsets.US_ASCII));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(bytes);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the identity's certificate cannot be read", e);
        }
    }

    /** Without the key, so that it is in no log. */
    @Override
    public String toString() {
        return "Identity[until " + notAfter() + "]";
    }
}
