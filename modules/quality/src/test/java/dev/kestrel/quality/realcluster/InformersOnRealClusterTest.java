package dev.kestrel.quality.realcluster;

import static dev.kestrel.testkit.Awaited.until;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.kube.KubeClients;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.inventory.Inventory;
import dev.kestrel.operator.source.inventory.ObjectListener;

import io.fabric8.kubernetes.client.KubernetesClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The operator's inventory, with the chart's own permissions, tells every object once of a list
 * that needs several pages, and loses nothing when the API server forgets where it was.
 */
@OnRealCluster
final class InformersOnRealClusterTest {

    private static final String NAMESPACE = "many";
    private static final int PAGE = 500;
    private static final int MANY = 2 * PAGE + 20;

    private final RealCluster cluster;
    private final OperatorIdentity identity;
    private final Told told = new Told();
    private KubernetesClient client;
    private Inventory inventory;

    InformersOnRealClusterTest(RealCluster cluster) {
        this.cluster = cluster;
        this.identity = new OperatorIdentity(cluster);
    }

    @BeforeEach
    void start() throws IOException {
        cluster.kubectl("create", "namespace", NAMESPACE).output();
        var objects =
                IntStream.range(0, MANY)
                        .mapToObj(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: many-%04d}}"
                                        ::formatted)
                        .collect(Collectors.joining("\n---\n"));
        cluster.kubectlWith(objects, "create", "-n", NAMESPACE, "-f", "-").output();
        identity.install("");
        client = KubeClients.connect(Files.readString(identity.kubeconfig()));
        inventory = new Inventory(client, told, ObjectListener.NONE, InstantSource.system());
    }

    @AfterEach
    void stop() {
        inventory.stop();
        client.close();
        identity.remove();
        cluster.kubectl("delete", "namespace", NAMESPACE, "--timeout=60s").output();
    }

    @Test
    void listOfManyPagesIsToldWholeAndAgainAfterTheApiServerForgot() {
        var mark = cluster.auditLog().size();
        inventory.start();
        until("the first snapshot", () -> told.isComplete() && told.here().size() == MANY);
        assertThat(pagesSince(mark)).isGreaterThanOrEqualTo(MANY / PAGE);

        cluster.compact();
        cluster.restartApiServer();
        cluster.kubectl("delete", "configmap", "many-0007", "-n", NAMESPACE).output();
        cluster.kubectl("create", "configmap", "late", "-n", NAMESPACE).output();
        until("what changed meanwhile", () -> told.here().contains("late"));
        until("what is gone", () -> !told.here().contains("many-0007"));
        assertThat(told.here()).hasSize(MANY);
    }

    /** Requests for a page after the first. */
    private long pagesSince(int mark) {
        return cluster.auditLog().stream()
                .skip(mark)
                .filter(RequestLog::isByOperator)
                .map(request -> request.path("requestURI").asText())
                .filter(uri -> uri.startsWith("/api/v1/configmaps?") && uri.contains("continue="))
                .count();
    }

    /** Keeps what was told of the ConfigMaps, in the order in which it was told. */
    private static final class Told implements Sink {
        private final Queue<Observation> all = new ConcurrentLinkedQueue<>();

        @Override
        public void accept(Signal signal) {
            all.add(signal.observation());
        }

        @Override
        public void awaitRoom() {
            // Everything is kept.
        }

        boolean isComplete() {
            return all.stream()
                    .anyMatch(
                            each ->
                                    each instanceof Observation.SnapshotCompleted done
                                            && done.kind().equals("ConfigMap"));
        }

        /** The names of those that are there, as far as was told, but for the cluster's own. */
        Set<String> here() {
            var names = Inventoried.of(all, "ConfigMap", NAMESPACE);
            names.remove("kube-root-ca.crt");
            return names;
        }
    }
}
