package dev.kestrel.gateway.session;

import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.BatchReceived;
import dev.kestrel.bus.Topics.BatchTaken;
import dev.kestrel.bus.Topics.ClusterOwned;
import dev.kestrel.bus.Topics.StreamClosed;
import dev.kestrel.bus.Topics.StreamOpened;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.protocol.wire.v1.Hello;

import io.vertx.core.Future;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Function;

/** The owner of one cluster, as one stream asks it. Whatever goes wrong is an answer. */
record Owner(Surroundings around, ClusterRef cluster, String streamId) {
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(30);

    /** For a stream that begins; its id is drawn. */
    static Owner of(ClusterRef cluster, Surroundings around) {
        var id = new byte[12];
        around.random().nextBytes(id);
        return new Owner(around, cluster, HexFormat.of().formatHex(id));
    }

    Future<ClusterOwned> open(Hello hello, Instant now) {
        return around.bus()
                .ask(
                        Topics.STREAM_OPENED,
                        new StreamOpened(
                                around.node(),
                                cluster,
                                streamId,
                                hello.getBootId(),
                                hello.getFirstHeldSequence(),
                                hello.getOperatorVersion(),
                                hello.getKubernetesVersion(),
                                hello.getWriteEnabled(),
                                hello.getWriteNamespacesList(),
                                hello.getWriteKindsList(),
                                now))
                .map(answer -> answer.orElseGet(() -> notOwned("no engine runs on this node")))
                .otherwise(failure -> notOwned("the cluster could not be claimed"));
    }

    /** What to do with the session once the owner has answered, or has not. */
    Future<Function<OperatorSession, OperatorSession.Step>> take(
            String bootId, long sequence, byte[] wire, Instant now) {
        return around.bus()
                .ask(
                        Topics.BATCH_RECEIVED,
                        new BatchReceived(cluster, streamId, now, bootId, sequence, wire))
                .map(
                        answer ->
                                answer.map(Owner::step)
                                        .orElse(lost("the cluster has no owner just now")))
                .recover(
                        failure ->
                                Future.succeededFuture(lost("the cluster's owner did not answer")));
    }

    void closed(boolean silent, Instant now) {
        new Persistently(around.vertx(), around.bus(), around.clock())
                .tell(
                        Topics.STREAM_CLOSED,
                        new StreamClosed(cluster, streamId, silent, now),
                        CLOSING_PATIENCE);
    }

    private static ClusterOwned notOwned(String why) {
        return new ClusterOwned(false, 0, why);
    }

    private static Function<OperatorSession, OperatorSession.Step> step(BatchTaken taken) {
        return taken.durable()
                ? session -> session.durable(taken.sequence())
                : lost("the cluster has another owner by now");
    }

    private static Function<OperatorSession, OperatorSession.Step> lost(String why) {
        return session -> session.lost(why);
    }
}
