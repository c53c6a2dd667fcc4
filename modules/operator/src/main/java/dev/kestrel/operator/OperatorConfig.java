package dev.kestrel.operator;

import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;

import java.nio.file.Path;
import java.util.List;

/**
 * Everything an operator is told before it starts.
 *
 * @param cloud where the cloud is
 * @param joinToken single use; empty when there is an identity already
 * @param clusterName what the cluster would like to be called; may be empty
 * @param identityDirectory where the identity is kept
 * @param kubeconfig text of a kubeconfig; empty means the cluster that this process runs in
 * @param write what may be changed
 * @param hubble how flows are seen
 */
public record OperatorConfig(
        Cloud cloud,
        String joinToken,
        String clusterName,
        Path identityDirectory,
        String kubeconfig,
        Write write,
        RelaySettings hubble,
        SpoolLimits spool,
        LinkTimes times) {

    /**
     * Where the cloud is and whom to trust there.
     *
     * @param nodes at least one; which of them is spoken to changes as they come and go
     * @param caPem trusted on the enrolment port; empty means the JDK's own list
     */
    public record Cloud(List<Node> nodes, String caPem) {
        public Cloud {
            nodes = List.copyOf(nodes);
        }

        /** A cloud with one address. */
        public Cloud(String host, int enrolmentPort, int streamPort, String caPem) {
            this(List.of(new Node(host, enrolmentPort, streamPort)), caPem);
        }
    }

    /** An address of the cloud, of one node or of several behind a name. */
    public record Node(String host, int enrolmentPort, int streamPort) {}

    /**
     * What may be changed. Both lists restrict: what is in neither is not changed.
     *
     * @param kinds for example {@code Deployment}
     */
    public record Write(boolean enabled, List<String> namespaces, List<String> kinds) {
        /** Nothing may be changed. */
        public static final Write OFF = new Write(false, List.of(), List.of());

        public Write {
            namespaces = List.copyOf(namespaces);
            kinds = List.copyOf(kinds);
        }
    }

    /** Without the token and the credentials, so that they are in no log. */
    @Override
    public String toString() {
        return "OperatorConfig[cloud=%s, cluster=%s, write=%s]"
                .formatted(cloud.nodes(), clusterName, write);
    }
}
