package dev.kestrel.operator.link;

import dev.kestrel.operator.identity.Identity;

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
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.ServiceMethod;

import java.time.Duration;
import java.util.List;

/**
 * Opens calls to the stream port with the newest identity, at one address of the cloud until a call
 * has reason to go elsewhere. A call keeps the connection that it began on; the connection of an
 * older identity is closed when its last call ends. Used on one event loop.
 */
public final class CloudClient {
    private static final long MESSAGE_BYTES = 1 << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final List<SocketAddress> addresses;
    private int current;
    private Shared newest;

    /**
     * A client with the identity to begin with.
     *
     * @param addresses of the stream port; the first one is tried first, and after the last one the
     *     first again
     */
    public CloudClient(Vertx vertx, List<SocketAddress> addresses, Identity identity) {
        this.vertx = vertx;
        this.addresses = List.copyOf(addresses);
        this.newest = new Shared(client(identity));
    }

    /** Later calls use this identity; those under way are not disturbed. */
    public void replace(Identity identity) {
        var old = newest;
        newest = new Shared(client(identity));
        old.retire();
    }

    /** Begins a call. Its encoding is named, because the cloud refuses streams that name none. */
    public <Q, R> Future<Call<Q, R>> call(ServiceMethod<R, Q> method) {
        var shared = newest;
        var at = current;
        shared.calls++;
        return shared.client
                .request(addresses.get(at), method)
                .<Call<Q, R>>map(
                        request ->
                                new Call<>(
                                        request.encoding("identity"),
                                        shared::release,
                                        () -> leave(at)))
                .onFailure(
                        failure -> {
                            shared.release();
                            leave(at);
                        });
    }

    /** Of two streams that lose the same node, one moves on and the other follows. */
    private void leave(int address) {
        if (current == address) {
            current = (address + 1) % addresses.size();
        }
    }

    public Future<Void> close() {
        newest.retired = true;
        return newest.client.close();
    }

    private GrpcClient client(Identity identity) {
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addKeyValue(Buffer.buffer(identity.keyPem()))
                                        .addCertValue(Buffer.buffer(identity.chainPem())))
                        .setTrustOptions(
                                new PemTrustOptions()
                                        .addCertValue(Buffer.buffer(identity.trustPem())));
        return GrpcClient.client(
                vertx, new GrpcClientOptions().setMaxMessageSize(MESSAGE_BYTES), options);
    }

    /**
     * A call under way.
     *
     * @param ended to be run once when the call is over
     * @param elsewhere has later calls begin at the next address
     */
    public record Call<Q, R>(GrpcClientRequest<Q, R> request, Runnable ended, Runnable elsewhere) {}

    private static final class Shared {
        private final GrpcClient client;
        private int calls;
        private boolean retired;

        private Shared(GrpcClient client) {
            this.client = client;
        }

        private void release() {
            calls--;
            closeIfUnused();
        }

        private void retire() {
            retired = true;
            closeIfUnused();
        }

        private void closeIfUnused() {
            if (retired && calls <= 0) {
                client.close();
            }
        }
    }
}
