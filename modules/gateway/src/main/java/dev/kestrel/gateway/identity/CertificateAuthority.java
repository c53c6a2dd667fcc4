package dev.kestrel.gateway.identity;

import dev.kestrel.domain.signal.ClusterRef;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes the certificates of clusters and of the gateway itself. */
public interface CertificateAuthority {
    /**
     * A certificate for a cluster. Only the key of the request is used; whatever else it asks for
     * is ignored.
     *
     * @param csr PKCS #10, DER
     */
    CompletionStage<Verdict> issue(byte[] csr, ClusterRef cluster, Instant now);

    /**
     * A new key and certificate for the gateway's ports.
     *
     * @param names host names and IP addresses that operators reach it by
     */
    CompletionStage<ServerIdentity> serve(List<String> names, Instant now);

    /**
     * A new key and certificate for a node towards the other nodes of its cloud: for both ends of a
     * connection, and as long as the authority lives, because the key never leaves the process.
     */
    CompletionStage<ServerIdentity> join(String node, Instant now);

    /** PEM certificates that nodes trust each other by; none of them signs for operators. */
    String nodeTrust();

    /** PEM certificates that both sides trust. */
    String trustBundle();

    /** What came of a request. */
    sealed interface Verdict {
        /**
         * A certificate.
         *
         * @param chain PEM, leaf first
         * @param serial lower-case hex
         */
        record Issued(String chain, String serial, Instant notBefore, Instant notAfter)
                implements Verdict {}

        /** The request is not to be signed, and why. */
        record Refused(String why) implements Verdict {}
    }

    /**
     * What the gateway shows to clients.
     *
     * @param chain PEM, leaf first
     * @param key PKCS #8, PEM; secret
     */
    record ServerIdentity(String chain, String key, Instant notAfter) {
        @Override
        public String toString() {
            return "ServerIdentity until " + notAfter;
        }
    }
}
