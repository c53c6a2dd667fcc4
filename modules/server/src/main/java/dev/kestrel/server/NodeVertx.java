package dev.kestrel.server;

import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.server.cluster.ClusteredVertx;
import dev.kestrel.server.cluster.SharedKeys;
import dev.kestrel.store.Store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The Vert.x that a node runs on, alone or among others. */
public final class NodeVertx {
    private NodeVertx() {}

    /**
     * Starts it. Among others the event bus needs a certificate before it opens its port, so the
     * authority is opened first, on a Vert.x of its own.
     */
    public static Future<Vertx> start(ServerConfig config, Outside outside) {
        if (!config.cluster().enabled()) {
            return Future.succeededFuture(Vertx.vertx());
        }
        var early = Vertx.vertx();
        // Off the event loops of the early one: what waits on them ends with it.
        return Future.fromCompletionStage(
                authority(early, config, outside)
                        .toCompletionStage()
                        .whenCompleteAsync((authority, failure) -> early.close())
                        .thenCompose(
                                authority -> join(config, authority, outside).toCompletionStage()));
    }

    private static Future<CertificateAuthority> authority(
            Vertx early, ServerConfig config, Outside outside) {
        return Store.open(early, config.store(config.storeOwnerUrl()), new SimpleMeterRegistry())
                .compose(
                        store ->
                                new SharedKeys(early, store.nodes(), outside.random())
                                        .authority(
                                                config.authorityDir(),
                                                config.gateway().trustDomain(),
                                                outside.clock().instant())
                                        .eventually(store::close));
    }

    private static Future<Vertx> join(
            ServerConfig config, CertificateAuthority authority, Outside outside) {
        return Future.fromCompletionStage(authority.join(config.node(), outside.clock().instant()))
                .compose(
                        identity ->
                                ClusteredVertx.start(
                                        config.cluster(), identity, authority.nodeTrust()));
    }
}
