package dev.kestrel.gateway.identity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

import java.time.Instant;
import java.util.List;

/** What a certificate is to say, before it is signed. */
record Leaf(
        X500Name subject,
        SubjectPublicKeyInfo key,
        Instant notBefore,
        Instant notAfter,
        List<KeyPurposeId> purposes,
        List<GeneralName> names) {}
