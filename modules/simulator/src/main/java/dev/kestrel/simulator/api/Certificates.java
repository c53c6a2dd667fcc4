package dev.kestrel.simulator.api;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/**
 * The cluster's own certificate authority and the certificate of its API server.
 *
 * @param authority PEM of the authority
 * @param certificate PEM of the server's certificate
 * @param key PEM of the server's private key
 */
record Certificates(String authority, String certificate, String key) {

    /**
     * Makes a new authority and server certificate for 127.0.0.1.
     *
     * @throws IllegalStateException when this Java has no elliptic curves
     */
    static Certificates valid(Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var root = generator.generateKeyPair();
            var leaf = generator.generateKeyPair();
            var authority = sign("CN=kubernetes-ca", root, root, true, now);
            var server = sign("CN=kube-apiserver", leaf, root, false, now);
            return new Certificates(
                    pem("CERTIFICATE", authority.getEncoded()),
                    pem("CERTIFICATE", server.getEncoded()),
                    pem("PRIVATE KEY", leaf.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("cannot make a certificate: EC P-256", impossible);
        }
    }

    private static X509Certificate sign(
            String subject, KeyPair keys, KeyPair issuer, boolean authority, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=kubernetes-ca"),
                        BigInteger.valueOf(authority ? 1 : 2),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(3650))),
                        new X500Name(subject),
                        keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            var names =
                    new GeneralName[] {
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                        new GeneralName(GeneralName.dNSName, "localhost")
                    };
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static String pem(String what, byte[] content) {
        var body =
                Base64.getMimeEncoder(
                        64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(what, body.encodeToString(content));
    }
}
