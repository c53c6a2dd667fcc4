package dev.kestrel.quality.realcluster;

import static dev.kestrel.testkit.Awaited.until;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.kube.KubeClients;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.inventory.Inventory;
import dev.kestrel.operator.source.inventory.ObjectListener;

import io.fabric8.kubernetes.client.KubernetesClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A mesh may be installed long after the operator: until then its kinds are absent, which is no
 * trouble; afterwards their objects are told like any other's.
 */
@OnRealCluster
final class KindThatComesLaterTest {

    private static final Path CRD = Fault.FOLDER.resolve("peer-authentication-crd.yaml");
    private static final String CRD_NAME = "crd/peerauthentications.security.istio.io";
    private static final String KIND = "PeerAuthentication";

    /** By when the operator has asked again for what was not there. */
    private static final Duration LATER = Duration.ofMinutes(6);

    private final RealCluster cluster;
    private final OperatorIdentity identity;
    private final Queue<Observation> told = new ConcurrentLinkedQueue<>();
    private KubernetesClient client;
    private Inventory inventory;

    KindThatComesLaterTest(RealCluster cluster) {
        this.cluster = cluster;
        this.identity = new OperatorIdentity(cluster);
    }

    @BeforeEach
    void start() throws IOException {
        identity.install("");
        client = KubeClients.connect(Files.readString(identity.kubeconfig()));
        inventory = new Inventory(client, everything(), ObjectListener.NONE, Instant::now);
    }

    @AfterEach
    void stop() {
        inventory.stop();
        client.close();
        identity.remove();
        cluster.kubectl("delete", "--ignore-not-found", CRD_NAME).output();
    }

    @Test
    void meshThatIsInstalledLaterIsSeenThenAndItsAbsenceIsCalm() {
        inventory.start();
        until("a look for the kind", () -> state(Instant.now()) == SourceState.ABSENT);
        assertThat(status(Instant.now()).detail()).isEqualTo("not served by this cluster");

        cluster.kubectl("apply", "-f", "" + CRD).output();
        cluster.kubectl("wait", "--for=condition=Established", CRD_NAME).output();
        cluster.apply("default", demanding("strict", "STRICT"));
        until("a watch of it", () -> state(Instant.now().plus(LATER)) == SourceState.LIVE);
        until("the object from before the watch", () -> here().equals(Set.of("strict")));

        cluster.apply("default", demanding("lenient", "PERMISSIVE"));
        until("a new object", () -> here().equals(Set.of("lenient", "strict")));
        cluster.kubectl("delete", "peerauthentication", "strict", "-n", "default").output();
        until("what is gone", () -> here().equals(Set.of("lenient")));
    }

    private static String demanding(String name, String mode) {
        return """
        {apiVersion: security.istio.io/v1, kind: PeerAuthentication,
         metadata: {name: %s}, spec: {mtls: {mode: %s}}}
        """
                .formatted(name, mode);
    }

    private SourceState state(Instant now) {
        return status(now).state();
    }

    private SourceStatus status(Instant now) {
        return inventory.status(now).stream()
                .filter(one -> one.source().equals("watch/" + KIND))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> here() {
        return Inventoried.of(told, KIND, "default");
    }

    private Sink everything() {
        return new Sink() {
            @Override
            public void accept(Signal signal) {
                told.add(signal.observation());
            }

            @Override
            public void awaitRoom() {
                // Everything is kept.
            }
        };
    }
}
