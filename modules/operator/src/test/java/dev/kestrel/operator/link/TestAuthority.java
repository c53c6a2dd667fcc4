package dev.kestrel.operator.link;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;

/** A certificate authority for one test. */
public final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=test authority");

    private final KeyPair keys = keys();
    private final AtomicLong serial = new AtomicLong(1);

    /** The authority's own certificate. */
    public String pem() {
        return certificate(keys.getPublic(), "test authority", "", Instant.now().plusSeconds(3600));
    }

    /** A key and a certificate for the server at localhost. */
    public String[] server() {
        var server = keys();
        return new String[] {
            pem("PRIVATE KEY", server.getPrivate().getEncoded()),
            certificate(server.getPublic(), "server", "localhost", Instant.now().plusSeconds(3600))
        };
    }

    /** Signs what an operator asks for. */
    public String sign(byte[] request, Instant until) {
        try {
            var key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            return certificate(key, "operator", "", until);
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String certificate(PublicKey key, String name, String dns, Instant until) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            BigInteger.valueOf(serial.getAndIncrement()),
                            Date.from(Instant.now().minusSeconds(1)),
                            Date.from(until),
                            name.equals("test authority") ? NAME : new X500Name("CN=" + name),
                            key);
            if (name.equals("test authority")) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            var names =
                    dns.isEmpty()
                            ? new GeneralName(
                                    GeneralName.uniformResourceIdentifier,
                                    "spiffe://test/tenant/t1/cluster/c1")
                            : new GeneralName(GeneralName.dNSName, dns);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return pem("CERTIFICATE", builder.build(signer).getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN "
                + what
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + what
                + "-----\n";
    }
}
