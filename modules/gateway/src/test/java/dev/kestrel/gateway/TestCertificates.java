package dev.kestrel.gateway;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;

/** Certificates that no honest authority issues, signed with the key of the real one. */
final class TestCertificates {
    private final Path directory;

    TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** A certificate with these URIs. */
    String with(KeyPair key, KeyPurposeId purpose, Instant now, Duration life, String... uris) {
        try {
            return pem(certificate(key, purpose, now, life, uris));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate that vouches for itself, under the authority's name: others are not shown. */
    String selfSigned(KeyPair key, Instant now, String... uris) {
        try {
            var authority = read(Files.readString(directory.resolve("ca.pem")));
            var name = new X500Name(authority.getSubjectX500Principal().getName());
            return pem(
                    signed(
                            new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minusSeconds(60)),
                                    Date.from(now.plusSeconds(3600)),
                                    name,
                                    key.getPublic()),
                            KeyPurposeId.id_kp_clientAuth,
                            key.getPrivate(),
                            uris));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    String client(KeyPair key, Instant now, String... uris) {
        return with(key, KeyPurposeId.id_kp_clientAuth, now, Duration.ofHours(1), uris);
    }

    static X509Certificate read(String pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(
            KeyPair key, KeyPurposeId purpose, Instant now, Duration life, String... uris)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var authority = read(Files.readString(directory.resolve("ca.pem")));
        var signingKey =
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(
                                        bytes(Files.readString(directory.resolve("ca-key.pem")))));
        var builder =
                new JcaX509v3CertificateBuilder(
                        authority,
                        BigInteger.valueOf(now.toEpochMilli()),
                        Date.from(now.minus(life)),
                        Date.from(now.plus(life)),
                        new X500Name("CN=x"),
                        key.getPublic());
        return signed(builder, purpose, signingKey, uris);
    }

    private static X509Certificate signed(
            JcaX509v3CertificateBuilder builder,
            KeyPurposeId purpose,
            PrivateKey signingKey,
            String... uris)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        var names =
                Arrays.stream(uris)
                        .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                        .toArray(GeneralName[]::new);
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(signingKey)));
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
