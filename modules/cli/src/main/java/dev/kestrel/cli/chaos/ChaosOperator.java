package dev.kestrel.cli.chaos;

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

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** The operator's own spool and streams, with a clock in place of a cluster. */
final class ChaosOperator {
    private static final ResourceRef POD = new ResourceRef("Pod", "shop", "cart-1");
    private static final Duration BATCH_DELAY = Duration.ofMillis(50);

    private final String cluster;
    private final String bootId;
    private final InstantSource clock;
    private final Outbox outbox;
    private final CloudClient client;
    private final Link link;
    private long said;

    ChaosOperator(
            Vertx vertx,
            String cluster,
            Identity identity,
            List<SocketAddress> nodes,
            LinkTimes times,
            RandomGenerator random) {
        this.cluster = cluster;
        this.clock = InstantSource.system();
        this.bootId = "%016x".formatted(random.nextLong());
        outbox = new Outbox(SpoolLimits.DEFAULT, clock);
        client = new CloudClient(vertx, nodes, identity);
        link =
                new Link(
                        new StreamSetting(
                                vertx, vertx.getOrCreateContext(), client, times, clock, random),
                        new Introduction(bootId, "chaos", "v1.36.3", false, List.of(), List.of()),
                        outbox,
                        BATCH_DELAY,
                        (command, answer) -> {},
                        kind -> {});
    }

    void start() {
        link.start();
    }

    String cluster() {
        return cluster;
    }

    String bootId() {
        return bootId;
    }

    void say() {
        said++;
        var line = new Observation.LogLine(POD, "app", false, "level=info request " + said);
        outbox.accept(new Signal(clock.instant(), line));
    }

    /** The highest batch that the cloud said is durable. */
    long acknowledged() {
        return outbox.acknowledged();
    }

    /** Everything that was said was acknowledged. */
    boolean isSettled() {
        return outbox.size() == 0;
    }

    /** Signals that were dropped because the spool was full. */
    long shed() {
        return outbox.shedInAll();
    }

    Future<Void> stop() {
        return link.stop().compose(gone -> client.close());
    }
}
