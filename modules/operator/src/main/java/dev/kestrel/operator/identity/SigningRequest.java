package dev.kestrel.operator.identity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A fresh EC P-256 key and the PKCS #10 request for a certificate of it. The subject is only a
 * label: the cloud decides who this is.
 *
 * @param keyPem PKCS #8
 * @param der the request
 */
record SigningRequest(String keyPem, byte[] der) {
    static SigningRequest fresh() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            var request =
                    new JcaPKCS10CertificationRequestBuilder(
                                    new X500Name("CN=kestrel-operator"), pair.getPublic())
                            .build(signer);
            return new SigningRequest(
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()), request.getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("every JDK can make an EC P-256 key", e);
        }
    }

    private static String pem(String what, byte[] der) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(what, lines, what)
                .replace(System.lineSeparator(), "\n");
    }
}
