package dev.kestrel.gateway;

import com.google.protobuf.ByteString;

import dev.kestrel.bus.Bus;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.identity.FileCertificateAuthority;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.protocol.wire.v1.EnrolRequest;
import dev.kestrel.protocol.wire.v1.EnrolResponse;
import dev.kestrel.protocol.wire.v1.EnrolmentGrpcClient;
import dev.kestrel.testkit.Awaited;
import dev.kestrel.testkit.access.InMemoryClusters;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole gateway on free ports, with an owner behind it and tokens for two clusters. */
final class Site implements AutoCloseable {
    static final ClusterRef PROD = new ClusterRef("acme", "prod");
    static final ClusterRef OTHER = new ClusterRef("globex", "prod");
    static final String NODE = "node-1";

    final Vertx vertx = Vertx.vertx();
    private final InMemoryOwners owners = new InMemoryOwners();
    final Bus bus = Bus.on(vertx, owners);
    private volatile Duration passed = Duration.ZERO;
    final InstantSource clock = () -> Clock.systemUTC().instant().plus(passed);
    final SecureRandom random = new SecureRandom();
    final InMemoryClusters clusters = new InMemoryClusters(owners);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ScriptedOwner owner = ScriptedOwner.of(bus, owners, NODE, PROD, OTHER);
    final FileCertificateAuthority authority;
    final Gateway gateway;
    private final List<TestOperator> operators = new ArrayList<>();

    private Site(Path directory, Map<String, String> keys) {
        var settings = new HashMap<>(Map.of("enrolment-port", "0", "stream-port", "0"));
        settings.put("instances", "1");
        settings.put("drain", "200ms");
        settings.put("enrolments-per-minute", "100");
        settings.putAll(keys);
        var config = GatewayConfig.of(settings);
        authority = authority(directory, config.trustDomain());
        gateway =
                Served.await(
                        Gateway.start(
                                new Gateway.Needs(
                                        vertx, bus, clusters, authority, NODE, clock, random,
                                        meters),
                                config));
    }

    static Site with(Path directory, String... keys) {
        var settings = new HashMap<String, String>();
        for (int i = 0; i < keys.length; i += 2) {
            settings.put(keys[i], keys[i + 1]);
        }
        return new Site(directory, settings);
    }

    /** Lets the gateway believe that so much time has passed; TLS does not know. */
    void later(Duration by) {
        passed = passed.plus(by);
    }

    FileCertificateAuthority authority(Path directory, String trustDomain) {
        try {
            return FileCertificateAuthority.open(
                    directory, trustDomain, Duration.ofHours(24), random, clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JoinToken invite(ClusterRef cluster, Instant expiresAt) {
        var token = JoinToken.draw(random);
        Awaited.await(clusters.offer(cluster, "c-" + cluster, token.digest(), expiresAt));
        return token;
    }

    /** An operator with a certificate for a cluster that nobody has used yet. */
    TestOperator enrolled(ClusterRef cluster) {
        var key = TestKeys.draw();
        var token = invite(cluster, clock.instant().plusSeconds(60));
        var response = Served.await(enrol(token.reveal(), TestKeys.request(key)));
        return operator(key, response.getCertificateChain());
    }

    /** One that has a certificate, wherever it is from; the server's is trusted. */
    TestOperator operator(java.security.KeyPair key, String certificate) {
        var operator =
                new TestOperator(
                        vertx, gateway.streamPort(), key, certificate, authority.trustBundle());
        operators.add(operator);
        return operator;
    }

    Future<EnrolResponse> enrol(String token, byte[] csr) {
        var options = TestOperator.options(TestKeys.draw(), "", authority.trustBundle());
        var client = GrpcClient.client(vertx, options);
        return EnrolmentGrpcClient.create(
                        client,
                        SocketAddress.inetSocketAddress(gateway.enrolmentPort(), "localhost"))
                .enrol(
                        EnrolRequest.newBuilder()
                                .setJoinToken(token)
                                .setCsr(ByteString.copyFrom(csr))
                                .build())
                .eventually(client::close);
    }

    double counted(String name, String label, String value) {
        return meters.get(name).tag(label, value).counter().count();
    }

    @Override
    public void close() {
        operators.forEach(TestOperator::close);
        Served.await(gateway.stop());
        Served.await(vertx.close());
    }
}
