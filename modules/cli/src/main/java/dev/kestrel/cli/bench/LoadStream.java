package dev.kestrel.cli.bench;

import dev.kestrel.operator.identity.Identity;
import dev.kestrel.operator.link.CloudClient;
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

import java.util.List;
import java.util.function.LongConsumer;

/**
 * One operator's telemetry stream on a connection of its own, with one message outstanding: the
 * next one is sent when the one before is acknowledged. On one event loop.
 */
final class LoadStream {
    private final CloudClient client;
    private final SampleSignals signals;
    private final String bootId;
    private final LongConsumer acknowledged;
    private final Promise<Void> welcome = Promise.promise();
    private final Promise<Void> rested = Promise.promise();
    private Future<GrpcClientRequest<TelemetryUp, TelemetryDown>> call =
            Future.failedFuture("not opened");
    private int perMessage;
    private long sequence;
    private long sentAt;
    private boolean outstanding;

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
        this.client = new CloudClient(vertx, List.of(address), identity);
        this.bootId = bootId;
        this.signals = signals;
        this.acknowledged = acknowledged;
    }

    /** Completes when the other side said welcome. */
    Future<Void> open() {
        call =
                client.<TelemetryUp, TelemetryDown>call(TelemetryGrpcClient.Stream)
                        .map(CloudClient.Call::request);
        call.onFailure(welcome::tryFail)
                .onSuccess(
                        request -> {
                            request.response()
                                    .onFailure(welcome::tryFail)
                                    .onSuccess(
                                            response -> {
                                                response.handler(this::onMessage);
                                                response.endHandler(
                                                        end ->
                                                                welcome.tryFail(
                                                                        "the stream ended: "
                                                                                + response
                                                                                        .status()));
                                            });
                            var hello = Hello.newBuilder().setBootId(bootId);
                            request.write(TelemetryUp.newBuilder().setHello(hello).build());
                        });
        return welcome.future();
    }

    /**
     * Sends messages from now on.
     *
     * @param count signals in each
     */
    void send(int count) {
        perMessage = count;
        if (!outstanding) {
            next();
        }
    }

    /** Completes when everything is acknowledged; nothing is sent any more. */
    Future<Void> rest() {
        perMessage = 0;
        if (!outstanding) {
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
            case CREDIT, DRAIN, HEARTBEAT, BODY_NOT_SET -> {}
        }
    }

    private void onAcknowledged(long upTo) {
        if (upTo < sequence || !outstanding) {
            return;
        }
        outstanding = false;
        acknowledged.accept(System.nanoTime() - sentAt);
        if (perMessage > 0) {
            next();
        } else {
            rested.tryComplete();
        }
    }

    private void next() {
        outstanding = true;
        sequence++;
        var batch =
                SignalBatch.newBuilder()
                        .setSequence(sequence)
                        .addAllSignals(signals.next(perMessage));
        var message = TelemetryUp.newBuilder().setBatch(batch).build();
        sentAt = System.nanoTime();
        call.result().write(message);
    }
}
