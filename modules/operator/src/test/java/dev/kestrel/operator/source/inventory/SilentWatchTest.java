package dev.kestrel.operator.source.inventory;

import dev.kestrel.domain.signal.Observation.ObjectSeen;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.Eventually;
import dev.kestrel.operator.TestCluster;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.kube.KubeClients;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.testkit.Awaited;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

class SilentWatchTest {
    private static final Instant START = Instant.parse("2099-01-01T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final TestCluster cluster = new TestCluster(vertx);
    private final KubernetesClient client = KubeClients.connect(cluster.kubeconfig("reader-token"));
    private final Told told = new Told();
    private final KindWatch watch =
            new KindWatch(
                    client,
                    Kinds.named("ConfigMap").orElseThrow(),
                    told,
                    ObjectListener.NONE,
                    () -> START);

    @AfterEach
    void stop() {
        watch.stop();
        client.close();
        cluster.close();
        Awaited.await(vertx.close().toCompletionStage());
    }

    @Test
    void aWatchThatIsOpenButHearsNothingIsBegunAgain() {
        watch.start();
        Eventually.until(() -> state(START) == SourceState.LIVE);
        cluster.muteStreams();
        cluster.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: unheard, namespace: shop}}");

        state(START.plus(Duration.ofMinutes(4)));
        state(START.plus(Duration.ofMinutes(9)));

        Eventually.until(() -> told.names.contains("unheard"));
        Eventually.until(() -> state(START.plus(Duration.ofMinutes(9))) == SourceState.LIVE);
    }

    private SourceState state(Instant now) {
        return watch.status(now).state();
    }

    private static final class Told implements Sink {
        private final Queue<String> names = new ConcurrentLinkedQueue<>();

        @Override
        public void accept(Signal signal) {
            if (signal.observation() instanceof ObjectSeen seen) {
                names.add(seen.object().ref().name());
            }
        }

        @Override
        public void awaitRoom() {}
    }
}
