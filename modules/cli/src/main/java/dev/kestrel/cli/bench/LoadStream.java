package dev.kestrel.cli.bench;

import dev.kestrel.operator.identity.Identity;
import dev.kestrel.operator.link.CloudClient;
import dev.kestrel.protocol.wire.v1.Heartbeat;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryGrpcClient;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.LongConsumer;

/**
 * One operator's telemetry stream on a connection of its own. Like an operator it gives signs of
 * life, or it would be cut off. On one event loop.
 */
final class LoadStream {
    private static final TelemetryUp SIGN_OF_LIFE =
            TelemetryUp.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private final Vertx vertx;
    private final CloudClient client;
    private final SampleSignals signals;
    private final String bootId;
    private final LongConsumer acknowledged;
    private final Promise<Void> welcome = Promise.promise();
    private final Promise<Void> rested = Promise.promise();
    private final Queue<Long> sentAt = new ArrayDeque<>();
    private Future<GrpcClientRequest<TelemetryUp, TelemetryDown>> call =
            Future.failedFuture("not connected");
    private boolean opened;
    private boolean leaving;
    private Sending sending = Sending.NOTHING;
    private long pace = -1;
    private long sequence;

    /**
     * @param acknowledged told of each message the nanoseconds from its sending to its
     *     acknowledgement
     */
    LoadStream(
            Vertx vertx,
            SocketAddress address,
            Identity identity,
            String bootId,
            SampleSignals signals,
            LongConsumer acknowledged) {
        this.vertx = vertx;
        this.client = new CloudClient(vertx, List.of(address), identity);
        this.bootId = bootId;
        this.signals = signals;
        this.acknowledged = acknowledged;
    }

    /** Completes when the connection is there: its handshake is done, nothing is sent over it. */
    Future<?> connect() {
        call =
                client.<TelemetryUp, TelemetryDown>call(TelemetryGrpcClient.Stream)
                        .map(CloudClient.Call::request);
        return call;
    }

    /** The same client, so that it may resume its TLS session if the other side lets it. */
    Future<?> reconnect() {
        return call.compose(request -> request.connection().close()).compose(closed -> connect());
    }

    /** Completes when the other side said welcome. */
    Future<Void> open() {
        if (!opened) {
            opened = true;
            var request = call.result();
            request.response().onFailure(welcome::tryFail).onSuccess(this::listen);
            var hello = Hello.newBuilder().setBootId(bootId);
            request.write(TelemetryUp.newBuilder().setHello(hello).build());
        }
        return welcome.future();
    }

    private void listen(GrpcClientResponse<TelemetryUp, TelemetryDown> response) {
        response.handler(this::onMessage);
        response.endHandler(
                end -> {
                    welcome.tryFail("the stream ended: " + response.status());
                    rested.tryComplete();
                });
    }

    /** Sends like this from now on. */
    void send(Sending like) {
        sending = like;
        vertx.cancelTimer(pace);
        if (like.everyMillis() > 0) {
            pace = vertx.setPeriodic(like.everyMillis(), timer -> next());
        } else {
            fill();
        }
    }

    /** Completes when everything is acknowledged; nothing is sent any more. */
    Future<Void> rest() {
        leaving = true;
        send(Sending.NOTHING);
        if (sentAt.isEmpty()) {
            rested.tryComplete();
        }
        return rested.future();
    }

    Future<Void> close() {
        call.onSuccess(request -> request.end());
        return client.close();
    }

    private void onMessage(TelemetryDown message) {
        switch (message.getBodyCase()) {
            case WELCOME -> welcome.tryComplete();
            case ACK -> onAcknowledged(message.getAck().getSequence());
            case HEARTBEAT -> call.result().write(SIGN_OF_LIFE);
            case CREDIT, DRAIN, BATCH_REFUSED, BODY_NOT_SET -> {}
        }
    }

    private void onAcknowledged(long upTo) {
        var now = System.nanoTime();
        while (!sentAt.isEmpty() && sequence - sentAt.size() < upTo) {
            acknowledged.accept(now - sentAt.remove());
        }
        if (leaving && sentAt.isEmpty()) {
            rested.tryComplete();
        } else if (sending.everyMillis() == 0) {
            fill();
        }
    }

    private void fill() {
        while (sentAt.size() < sending.outstanding()) {
            next();
        }
    }

    /** Past what may be outstanding nothing is sent: then the other side sets the pace. */
    private void next() {
        if (sentAt.size() >= sending.outstanding()) {
            return;
        }
        sequence++;
        var batch =
                SignalBatch.newBuilder()
                        .setSequence(sequence)
                        .addAllSignals(signals.next(sending.signals()));
        var message = TelemetryUp.newBuilder().setBatch(batch).build();
        sentAt.add(System.nanoTime());
        call.result().write(message);
    }
}
