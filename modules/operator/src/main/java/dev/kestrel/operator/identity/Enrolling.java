package dev.kestrel.operator.identity;

import com.google.protobuf.ByteString;

import dev.kestrel.protocol.wire.v1.EnrolRequest;
import dev.kestrel.protocol.wire.v1.EnrolResponse;
import dev.kestrel.protocol.wire.v1.EnrolmentGrpcClient;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;

/** Trades a join token for an identity, at the enrolment port. */
public final class Enrolling {
    private final Vertx vertx;
    private final SocketAddress address;
    private final String caPem;

    /**
     * @param caPem whom to trust on the enrolment port; empty means the JDK's own list
     */
    public Enrolling(Vertx vertx, SocketAddress address, String caPem) {
        this.vertx = vertx;
        this.address = address;
        this.caPem = caPem;
    }

    /** The new identity; fails with the cloud's status when it refuses. */
    public Future<Identity> enrol(String joinToken, String clusterName, String version) {
        var signing = SigningRequest.fresh();
        var request =
                EnrolRequest.newBuilder()
                        .setJoinToken(joinToken)
                        .setCsr(ByteString.copyFrom(signing.der()))
                        .setClusterName(clusterName)
                        .setOperatorVersion(version)
                        .build();
        var client = GrpcClient.client(vertx, options());
        return client.request(address, EnrolmentGrpcClient.Enrol)
                .compose(
                        call -> {
                            call.encoding("identity");
                            return call.send(request).compose(answer -> answer.last());
                        })
                .map(answer -> identity(signing, answer))
                .onComplete(ignored -> client.close());
    }

    private static Identity identity(SigningRequest signing, EnrolResponse answer) {
        return new Identity(
                signing.keyPem(), answer.getCertificateChain(), answer.getTrustBundle());
    }

    private HttpClientOptions options() {
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setConnectTimeout(10_000);
        return caPem.isEmpty()
                ? options
                : options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caPem)));
    }
}
