package dev.kestrel.server.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.MultiMapConfig;

import dev.kestrel.gateway.identity.CertificateAuthority;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

import java.util.Map;
import java.util.Set;

/**
 * The Vert.x of a node among others. Hazelcast only knows who is there and who listens to what;
 * what is said goes over the event bus, from node to node, under mutual TLS.
 */
public final class ClusteredVertx {
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    "hazelcast.phone.home.enabled", "false",
                    "hazelcast.logging.type", "slf4j",
                    "hazelcast.shutdownhook.enabled", "false",
                    "hazelcast.socket.bind.any", "false",
                    "hazelcast.heartbeat.interval.seconds", "1",
                    "hazelcast.max.no.heartbeat.seconds", "8",
                    "hazelcast.wait.seconds.before.join", "1",
                    // A healed partition is one cloud again within seconds, not after five minutes.
                    "hazelcast.merge.first.run.delay.seconds", "5",
                    "hazelcast.merge.next.run.delay.seconds", "5");
    private static final int PING_MILLIS = 2_000;

    private ClusteredVertx() {}

    /**
     * Joins the others; completes when this node is a member. Fails when a port is taken.
     *
     * @param trust PEM certificates that nodes trust each other by
     */
    public static Future<Vertx> start(
            ClusterConfig config, CertificateAuthority.ServerIdentity identity, String trust) {
        var bus =
                new EventBusOptions()
                        .setHost(config.host())
                        .setPort(config.busPort())
                        .setClusterPublicHost(config.host())
                        .setClusterPingInterval(PING_MILLIS)
                        .setClusterPingReplyInterval(PING_MILLIS)
                        .setSsl(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertValue(Buffer.buffer(identity.chain()))
                                        .addKeyValue(Buffer.buffer(identity.key())))
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(trust)));
        if (config.publicBusPort() != 0) {
            bus.setClusterPublicPort(config.publicBusPort());
        }
        return Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(bus))
                .withClusterManager(new HazelcastClusterManager(membership(config)))
                .buildClustered();
    }

    private static Config membership(ClusterConfig config) {
        var membership = new Config().setClusterName("kestrel");
        // What Vert.x keeps there, each kept by one more node.
        membership
                .getMultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET);
        membership.getMapConfig("__vertx.haInfo").setBackupCount(1);
        membership.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
        PROPERTIES.forEach(membership::setProperty);
        var network = membership.getNetworkConfig();
        network.setPort(config.port()).setPortAutoIncrement(false);
        if (config.publicPort() != 0) {
            network.setPublicAddress(config.host() + ":" + config.publicPort());
        }
        network.getInterfaces().setEnabled(true).addInterface(config.host());
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
        return membership;
    }
}
