package dev.kestrel.gateway.identity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;

/** The key and certificate of an authority in a directory. */
final class AuthorityFiles {
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private AuthorityFiles() {}

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve("ca-key.pem"));
    }

    /**
     * @param name that the files begin with
     * @param subject that its certificates are issued by
     */
    static Authority open(
            Path directory, String name, String subject, SecureRandom random, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var keyFile = directory.resolve(name + "-key.pem");
        var certificateFile = directory.resolve(name + ".pem");
        Files.createDirectories(directory);
        if (!Files.exists(keyFile)) {
            create(keyFile, certificateFile, new X500Name("CN=" + subject), random, now);
        }
        if (!Files.getPosixFilePermissions(keyFile).equals(OWNER_ONLY)) {
            throw new IOException(
                    "others may read the key of the certificate authority: chmod 600 " + keyFile);
        }
        var key =
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Pem.read(Files.readString(keyFile))));
        var pem = Files.readString(certificateFile);
        return new Authority(key, new X509CertificateHolder(Pem.read(pem)), pem);
    }

    private static void create(
            Path keyFile, Path certificateFile, X500Name name, SecureRandom random, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var pair = EcKeys.draw(random);
        var key = EcKeys.info(pair.getPublic());
        var certificate =
                new X509v3CertificateBuilder(
                                name,
                                serial(random),
                                Date.from(now.minus(Duration.ofMinutes(5))),
                                Date.from(now.plus(LIFE)),
                                name,
                                key)
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                        .addExtension(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                        .addExtension(
                                Extension.subjectKeyIdentifier,
                                false,
                                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key))
                        .build(signer(pair.getPrivate(), random));
        Files.writeString(certificateFile, Pem.write("CERTIFICATE", certificate.getEncoded()));
        // The key comes last: where it exists, the certificate does as well.
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(keyFile, Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static ContentSigner signer(PrivateKey key, SecureRandom random)
            throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random).build(key);
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(127, random).setBit(126); // Positive, and always of 16 bytes.
    }

    /** A signed certificate. */
    record Signed(String pem, String serial) {}

    /** An opened authority. */
    record Authority(PrivateKey key, X509CertificateHolder certificate, String pem) {
        Signed sign(Leaf leaf, SecureRandom random) {
            try {
                var serial = serial(random);
                var extensions = new JcaX509ExtensionUtils();
                var builder = unsigned(leaf, serial);
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        extensions.createAuthorityKeyIdentifier(certificate));
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        extensions.createSubjectKeyIdentifier(leaf.key()));
                var signed = builder.build(signer(key, random));
                return new Signed(
                        Pem.write("CERTIFICATE", signed.getEncoded()), serial.toString(16));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException("every JDK signs with ECDSA", e);
            }
        }

        private X509v3CertificateBuilder unsigned(Leaf leaf, BigInteger serial)
                throws CertIOException {
            return new X509v3CertificateBuilder(
                            certificate.getSubject(),
                            serial,
                            Date.from(leaf.notBefore()),
                            Date.from(leaf.notAfter()),
                            leaf.subject(),
                            leaf.key())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage,
                            false,
                            new ExtendedKeyUsage(leaf.purposes().toArray(KeyPurposeId[]::new)))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(leaf.names().toArray(GeneralName[]::new)));
        }
    }
}
