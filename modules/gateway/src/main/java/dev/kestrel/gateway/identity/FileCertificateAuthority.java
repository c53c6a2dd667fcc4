package dev.kestrel.gateway.identity;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.identity.CertificateAuthority.Verdict.Issued;
import dev.kestrel.gateway.identity.CertificateAuthority.Verdict.Refused;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.operator.OperatorCreationException;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The certificate authority for those who have none: its key lives in a file that only its owner
 * may read. Signing takes about a millisecond of the calling thread.
 */
public final class FileCertificateAuthority implements CertificateAuthority {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration SERVER_LIFE = Duration.ofDays(30);

    private final AuthorityFiles.Authority authority;
    private final AuthorityFiles.Authority nodes;
    private final SecureRandom random;
    private final String trustDomain;
    private final Duration life;

    private FileCertificateAuthority(
            AuthorityFiles.Authority authority,
            AuthorityFiles.Authority nodes,
            SecureRandom random,
            String trustDomain,
            Duration life) {
        this.authority = authority;
        this.nodes = nodes;
        this.random = random;
        this.trustDomain = trustDomain;
        this.life = life;
    }

    /**
     * Opens the authority in a directory; makes a new one where there is none. Reads and writes
     * files, so not for an event loop.
     *
     * @param life of the certificates of clusters
     * @throws IOException when the files cannot be read or written, belong to no authority, or the
     *     key may be read by others
     */
    public static FileCertificateAuthority open(
            Path directory, String trustDomain, Duration life, SecureRandom random, Instant now)
            throws IOException {
        try {
            return new FileCertificateAuthority(
                    AuthorityFiles.open(directory, "ca", "Kestrel operators", random, now),
                    AuthorityFiles.open(directory, "nodes", "Kestrel nodes", random, now),
                    random,
                    trustDomain,
                    life);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate authority in " + directory, e);
        }
    }

    @Override
    public CompletionStage<Verdict> issue(byte[] csr, ClusterRef cluster, Instant now) {
        return CompletableFuture.completedFuture(
                switch (SigningRequest.read(csr)) {
                    case SigningRequest.Reading.Unusable(var why) -> new Refused(why);
                    case SigningRequest.Reading.Usable(var key) -> {
                        var leaf =
                                new Leaf(
                                        new X500Name("CN=" + cluster.cluster()),
                                        key,
                                        now.minus(SKEW),
                                        now.plus(life),
                                        List.of(KeyPurposeId.id_kp_clientAuth),
                                        List.of(
                                                new GeneralName(
                                                        GeneralName.uniformResourceIdentifier,
                                                        Peer.uri(trustDomain, cluster))));
                        var signed = authority.sign(leaf, random);
                        yield new Issued(
                                signed.pem(), signed.serial(), leaf.notBefore(), leaf.notAfter());
                    }
                });
    }

    @Override
    public CompletionStage<ServerIdentity> serve(List<String> names, Instant now) {
        var pair = EcKeys.draw(random);
        var leaf =
                new Leaf(
                        new X500Name("CN=kestrel gateway"),
                        EcKeys.info(pair.getPublic()),
                        now.minus(SKEW),
                        now.plus(SERVER_LIFE),
                        List.of(KeyPurposeId.id_kp_serverAuth),
                        names.stream().map(FileCertificateAuthority::serverName).toList());
        return CompletableFuture.completedFuture(identity(authority, pair, leaf, random));
    }

    private static ServerIdentity identity(
            AuthorityFiles.Authority authority, KeyPair pair, Leaf leaf, SecureRandom random) {
        return new ServerIdentity(
                authority.sign(leaf, random).pem(),
                Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()),
                leaf.notAfter());
    }

    @Override
    public CompletionStage<ServerIdentity> join(String node, Instant now) {
        var pair = EcKeys.draw(random);
        var uri = "spiffe://%s/node/%s".formatted(trustDomain, node);
        var leaf =
                new Leaf(
                        new X500Name("CN=kestrel node"),
                        EcKeys.info(pair.getPublic()),
                        now.minus(SKEW),
                        nodes.certificate().getNotAfter().toInstant(),
                        List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
                        List.of(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        return CompletableFuture.completedFuture(identity(nodes, pair, leaf, random));
    }

    @Override
    public String nodeTrust() {
        return nodes.pem();
    }

    /** Whether there is an authority in a directory, so that none would be made. */
    public static boolean isIn(Path directory) {
        return AuthorityFiles.isIn(directory);
    }

    /** SHA-256 of the authority's certificates, lower-case hex: which authority it is. */
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(authority.certificate().getEncoded());
            return HexFormat.of().formatHex(digest.digest(nodes.certificate().getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the authority's certificate was read before", e);
        }
    }

    @Override
    public String trustBundle() {
        return authority.pem();
    }

    private static GeneralName serverName(String name) {
        var isAddress = name.contains(":") || name.matches("[0-9.]+");
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
