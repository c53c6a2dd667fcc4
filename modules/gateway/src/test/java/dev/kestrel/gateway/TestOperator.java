package dev.kestrel.gateway;

import com.google.protobuf.ByteString;

import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlGrpcClient;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.EnrolmentGrpcClient;
import dev.kestrel.protocol.wire.v1.RenewRequest;
import dev.kestrel.protocol.wire.v1.RenewResponse;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryGrpcClient;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;

import java.security.KeyPair;
import java.util.List;
import java.util.Optional;

/** An operator's side of TLS and gRPC. Each opens a connection of its own. */
final class TestOperator implements AutoCloseable {
    final KeyPair key;
    final String certificate;
    private final Vertx vertx;
    private final GrpcClient client;
    private final SocketAddress address;

    /**
     * @param certificate PEM; empty for a client without one
     */
    TestOperator(Vertx vertx, int port, KeyPair key, String certificate, String trust) {
        this.vertx = vertx;
        this.key = key;
        this.certificate = certificate;
        this.address = SocketAddress.inetSocketAddress(port, "localhost");
        this.client = GrpcClient.client(vertx, options(key, certificate, trust));
    }

    static HttpClientOptions options(KeyPair key, String certificate, String trust) {
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(trust)));
        return certificate.isEmpty()
                ? options
                : options.setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(certificate))
                                .addKeyValue(Buffer.buffer(TestKeys.pem(key))));
    }

    TestStream<TelemetryUp, TelemetryDown> telemetry() {
        return TestStream.open(client.request(address, TelemetryGrpcClient.Stream));
    }

    /** How a stream ends that should never begin. */
    TestStream.Ending knock() {
        try {
            return telemetry().send(Say.hello("b")).ended();
        } catch (IllegalStateException refused) {
            return new TestStream.Ending(Optional.empty(), String.valueOf(refused.getMessage()));
        }
    }

    TestStream<ControlUp, ControlDown> control() {
        return TestStream.open(client.request(address, ControlGrpcClient.Stream));
    }

    Future<RenewResponse> renew(byte[] csr) {
        return EnrolmentGrpcClient.create(client, address)
                .renew(RenewRequest.newBuilder().setCsr(ByteString.copyFrom(csr)).build());
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        Served.await(client.close());
    }
}
