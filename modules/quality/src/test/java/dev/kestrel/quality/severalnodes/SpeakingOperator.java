package dev.kestrel.quality.severalnodes;

import static dev.kestrel.testkit.Awaited.await;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.identity.Identity;
import dev.kestrel.operator.link.CloudClient;
import dev.kestrel.operator.link.Introduction;
import dev.kestrel.operator.link.Link;
import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.Outbox;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.operator.link.StreamSetting;

import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** The operator's own spool and streams, with a test in place of Kubernetes. */
final class SpeakingOperator implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Outbox outbox = new Outbox(SpoolLimits.DEFAULT, InstantSource.system());
    private final Link link;

    /**
     * @param boot of this start of the operator
     * @param retry how long it waits after its stream broke
     */
    SpeakingOperator(Identity identity, String boot, Duration retry, SocketAddress... nodes) {
        var times = new LinkTimes(Duration.ofSeconds(1), Duration.ofSeconds(10), retry, retry);
        link =
                new Link(
                        new StreamSetting(
                                vertx,
                                vertx.getOrCreateContext(),
                                new CloudClient(vertx, List.of(nodes), identity),
                                times,
                                InstantSource.system(),
                                new Random(1)),
                        new Introduction(boot, "test", "v1.36.3", false, List.of(), List.of()),
                        outbox,
                        Duration.ofMillis(20),
                        (command, answer) -> {},
                        kind -> {});
        link.start();
    }

    void say(String line) {
        var pod = new ResourceRef("Pod", "shop", "cart-1");
        outbox.accept(
                new Signal(
                        InstantSource.system().instant(),
                        new Observation.LogLine(pod, "app", false, line)));
    }

    /** Everything that was said is durable. */
    boolean isAllDurable() {
        return outbox.size() == 0;
    }

    boolean isConnected() {
        return link.isOpen();
    }

    @Override
    public void close() {
        await(link.stop().toCompletionStage());
        await(vertx.close().toCompletionStage());
    }
}
