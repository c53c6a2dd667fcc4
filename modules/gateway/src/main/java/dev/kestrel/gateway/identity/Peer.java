package dev.kestrel.gateway.identity;

import dev.kestrel.domain.signal.ClusterRef;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who is at the other end of a connection, as the client certificate says. Nothing in any message
 * can change it.
 *
 * @param serial of the certificate, lower-case hex
 * @param notAfter when the certificate ends
 */
public record Peer(ClusterRef cluster, String serial, Instant notAfter) {
    private static final int URI = 6;
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What a certificate turned out to be. */
    public sealed interface Reading {
        /** A cluster's certificate. */
        record Known(Peer peer) implements Reading {}

        /** Not a cluster's certificate, and why. */
        record Stranger(String why) implements Reading {}
    }

    /** The URI that names a cluster in its certificate. */
    public static String uri(String trustDomain, ClusterRef cluster) {
        return "spiffe://%s/tenant/%s/cluster/%s"
                .formatted(trustDomain, cluster.tenant(), cluster.cluster());
    }

    /**
     * Reads a chain, leaf first, whose signatures the TLS handshake has checked. The leaf must have
     * exactly one URI among its alternative names, and exactly of the form of {@link #uri}: a
     * second one would let its holder choose.
     */
    public static Reading read(List<? extends Certificate> chain, String trustDomain) {
        if (chain.isEmpty() || !(chain.getFirst() instanceof X509Certificate leaf)) {
            return new Reading.Stranger("no client certificate");
        }
        try {
            var names = leaf.getSubjectAlternativeNames();
            var uris =
                    names == null
                            ? List.<String>of()
                            : names.stream()
                                    .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                                    .map(name -> (String) name.get(1))
                                    .toList();
            return uris.size() == 1
                    ? read(leaf, uris.getFirst(), trustDomain)
                    : new Reading.Stranger(
                            "the certificate names %d URIs, expected is one"
                                    .formatted(uris.size()));
        } catch (CertificateParsingException e) {
            return new Reading.Stranger("the certificate's alternative names cannot be read");
        }
    }

    private static Reading read(X509Certificate leaf, String uri, String trustDomain) {
        var parts = uri.split("/", -1);
        if (parts.length != 7
                || !ID.matcher(parts[4]).matches()
                || !ID.matcher(parts[6]).matches()) {
            return new Reading.Stranger("the certificate's URI does not name a cluster");
        }
        var cluster = new ClusterRef(parts[4], parts[6]);
        return uri.equals(uri(trustDomain, cluster))
                ? new Reading.Known(
                        new Peer(
                                cluster,
                                leaf.getSerialNumber().toString(16),
                                leaf.getNotAfter().toInstant()))
                : new Reading.Stranger("the certificate is of another trust domain");
    }
}
