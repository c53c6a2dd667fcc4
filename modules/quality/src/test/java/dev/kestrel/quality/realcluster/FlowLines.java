package dev.kestrel.quality.realcluster;

import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.operator.source.flow.FlowFeed;
import dev.kestrel.operator.source.flow.hubble.HubbleFeed;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What Hubble tells of packets that a policy dropped, read by the operator's own feed. */
final class FlowLines implements AutoCloseable {

    private static final Duration CONNECTED = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Vertx vertx = Vertx.vertx();
    private final HubbleFeed feed;
    private final String namespace;
    private final Consumer<String> lines;

    private FlowLines(
            RealCluster cluster,
            KubernetesClient client,
            String namespace,
            Consumer<String> lines) {
        this.namespace = namespace;
        this.lines = lines;
        var settings = new RelaySettings(cluster.relay(), "", "", "");
        feed = new HubbleFeed(vertx, client, settings, InstantSource.system());
    }

    /** Returns once the relay tells flows. */
    static FlowLines follow(
            RealCluster cluster,
            KubernetesClient client,
            String namespace,
            Consumer<String> lines) {
        var follows = new FlowLines(cluster, client, namespace, lines);
        follows.start();
        return follows;
    }

    private void start() {
        feed.start(
                new FlowFeed.Listener() {
                    @Override
                    public void onFlow(FlowSeen flow) {
                        add(flow);
                    }

                    @Override
                    public void onLost(long count) {
                        lines.accept("flow lost: " + count);
                    }
                });
        var end = System.nanoTime() + CONNECTED.toNanos();
        while (feed.status(Instant.now()).state() != SourceState.LIVE) {
            if (System.nanoTime() > end) {
                var status = feed.status(Instant.now());
                close();
                throw new AssertionError("the relay tells nothing: " + status);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void add(FlowSeen flow) {
        var ours =
                flow.from().namespace().equals(namespace)
                        || flow.to().namespace().equals(namespace);
        if (ours && flow.verdict() == FlowVerdict.DENIED) {
            lines.accept(
                    SignalLines.flow(
                            flow.from().pod(),
                            flow.to().pod(),
                            flow.protocol(),
                            flow.port(),
                            flow.direction()));
        }
    }

    @Override
    public void close() {
        feed.stop();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CONNECTED.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
