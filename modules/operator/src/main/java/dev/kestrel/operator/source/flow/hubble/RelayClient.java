package dev.kestrel.operator.source.flow.hubble;

import dev.kestrel.protocol.hubble.GetFlowsRequest;
import dev.kestrel.protocol.hubble.GetFlowsResponse;
import dev.kestrel.protocol.hubble.ObserverGrpcClient;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientResponse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Opens the one stream of flows. */
final class RelayClient {
    /** The name that certificates of a relay carry, wherever it is dialled. */
    private static final String NAME = "ui.hubble-relay.cilium.io";

    private static final int CONNECT_MILLIS = 5_000;
    private static final long MESSAGE_BYTES = 256 << 10;

    private final GrpcClient client;
    private final boolean tls;

    RelayClient(Vertx vertx, RelaySettings settings) {
        tls = settings.hasTls();
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setHttp2ClearTextUpgrade(false);
        if (tls) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setTrustOptions(
                            new PemTrustOptions().addCertValue(Buffer.buffer(settings.caPem())));
            if (!settings.certPem().isEmpty()) {
                options.setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(settings.certPem()))
                                .addKeyValue(Buffer.buffer(settings.keyPem())));
            }
        }
        client =
                GrpcClient.client(
                        vertx, new GrpcClientOptions().setMaxMessageSize(MESSAGE_BYTES), options);
    }

    Future<GrpcClientResponse<GetFlowsRequest, GetFlowsResponse>> flows(
            RelayAddress address, GetFlowsRequest question) {
        return client.request(socket(address), ObserverGrpcClient.GetFlows)
                .compose(
                        request -> {
                            request.encoding("identity");
                            request.end(question);
                            return request.response();
                        });
    }

    /** With TLS the connection goes to the address, and the certificate is checked for the name. */
    private SocketAddress socket(RelayAddress address) {
        if (!tls) {
            return SocketAddress.inetSocketAddress(address.port(), address.host());
        }
        try {
            var ip = InetAddress.getByName(address.host()).getAddress();
            return SocketAddress.inetSocketAddress(
                    new InetSocketAddress(InetAddress.getByAddress(NAME, ip), address.port()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address.host() + " does not resolve", e);
        }
    }

    Future<Void> close() {
        return client.close();
    }
}
