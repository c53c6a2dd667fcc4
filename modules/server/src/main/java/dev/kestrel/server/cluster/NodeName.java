package dev.kestrel.server.cluster;

import dev.kestrel.store.node.Nodes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * This node's id, held against others that would call themselves the same: words for the owner of a
 * cluster go to a node by its id.
 */
public final class NodeName {
    private static final Logger LOG = LoggerFactory.getLogger(NodeName.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Nodes nodes;
    private final String node;
    private final String instance;
    private volatile boolean lost;
    private long timer;

    private NodeName(Vertx vertx, Nodes nodes, String node, String instance) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.node = node;
        this.instance = instance;
    }

    /**
     * Holds the id. A node that was killed holds it until its lease is over, so this waits so long
     * before it fails.
     *
     * @param instance unique per start
     */
    public static Future<NodeName> hold(Vertx vertx, Nodes nodes, String node, String instance) {
        var name = new NodeName(vertx, nodes, node, instance);
        return name.hold(LEASE.plus(RENEWAL))
                .map(
                        ignored -> {
                            name.timer =
                                    vertx.setPeriodic(RENEWAL.toMillis(), tick -> name.renew());
                            return name;
                        });
    }

    private Future<Void> hold(Duration patience) {
        return nodes.hold(node, instance, LEASE)
                .compose(
                        held -> {
                            if (held) {
                                return Future.succeededFuture();
                            }
                            if (patience.isNegative()) {
                                return Future.failedFuture(
                                        new IllegalStateException(
                                                "another node of this cloud is called %s and is alive: give this one another id (key node)"
                                                        .formatted(node)));
                            }
                            return vertx.timer(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)
                                    .compose(rested -> hold(patience.minus(RENEWAL)));
                        });
    }

    private void renew() {
        nodes.hold(node, instance, LEASE)
                .onSuccess(
                        held -> {
                            if (!held && !lost) {
                                LOG.atError()
                                        .addKeyValue("node", node)
                                        .log("another node took this one's id; restart this one");
                            }
                            lost = !held;
                        });
    }

    /** Whether another node took the id over while this one could not renew it. */
    public boolean isLost() {
        return lost;
    }

    /** Gives the id back. */
    public Future<Void> leave() {
        vertx.cancelTimer(timer);
        return nodes.leave(node, instance);
    }
}
