package dev.kestrel.gateway.identity;

import dev.kestrel.protocol.WireLimits;

import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

import java.io.IOException;

/** Reads certificate signing requests from strangers. */
final class SigningRequest {
    private SigningRequest() {}

    /** What a request turned out to be. */
    sealed interface Reading {
        /** Its sender holds the private key of this public one. */
        record Usable(SubjectPublicKeyInfo key) implements Reading {}

        record Unusable(String why) implements Reading {}
    }

    static Reading read(byte[] der) {
        if (der.length == 0 || der.length > WireLimits.CSR_BYTES) {
            return new Reading.Unusable("a signing request has 1 byte to 8 KiB");
        }
        try {
            var request = new PKCS10CertificationRequest(der);
            var key = request.getSubjectPublicKeyInfo();
            if (!isP256(key)) {
                return new Reading.Unusable("the key must be EC P-256");
            }
            var verifier = new JcaContentVerifierProviderBuilder().build(key);
            return request.isSignatureValid(verifier)
                    ? new Reading.Usable(key)
                    : new Reading.Unusable("the signing request's signature is wrong");
        } catch (IOException | OperatorCreationException | PKCSException e) {
            return new Reading.Unusable("the signing request cannot be read");
        } catch (RuntimeException e) {
            // The ASN.1 reader throws a dozen unchecked kinds on hostile input.
            return new Reading.Unusable("the signing request cannot be read");
        }
    }

    private static boolean isP256(SubjectPublicKeyInfo key) {
        return key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && SECObjectIdentifiers.secp256r1.equals(key.getAlgorithm().getParameters());
    }
}
