package dev.kestrel.operator.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.ServiceMethod;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps one stream to the cloud open: heartbeats, notices silence, comes back after a jittered
 * wait, and moves over to a new stream when asked to. All of it on one event loop.
 */
final class StreamKeeper<Q, R> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamKeeper.class);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final String name;
    private final Vertx vertx;
    private final Context context;
    private final CloudClient client;
    private final ServiceMethod<R, Q> method;
    private final Conversation<Q, R> conversation;
    private final LinkTimes times;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Backoff backoff;

    private Optional<Open> open = Optional.empty();
    private boolean stopped;

    StreamKeeper(
            String name,
            StreamSetting setting,
            ServiceMethod<R, Q> method,
            Conversation<Q, R> conversation) {
        this.name = name;
        this.vertx = setting.vertx();
        this.context = setting.context();
        this.client = setting.client();
        this.times = setting.times();
        this.clock = setting.clock();
        this.random = setting.random();
        this.method = method;
        this.conversation = conversation;
        this.backoff = new Backoff(times.firstRetry(), times.lastRetry(), random);
    }

    void start() {
        context.runOnContext(ignored -> connect());
    }

    /** Says goodbye and does not come back. */
    Future<Void> stop() {
        Promise<Void> gone = Promise.promise();
        context.runOnContext(
                ignored -> {
                    stopped = true;
                    open.ifPresentOrElse(
                            stream -> {
                                stream.farewell = gone::tryComplete;
                                stream.leave();
                            },
                            gone::tryComplete);
                });
        return gone.future();
    }

    /** Moves to a new stream, for example to use a new certificate. */
    void rollOver() {
        context.runOnContext(ignored -> open.ifPresent(Open::leave));
    }

    boolean isOpen() {
        return open.isPresent();
    }

    private void connect() {
        if (stopped) {
            return;
        }
        client.call(method)
                .onSuccess(call -> new Open(call).begin())
                .onFailure(failure -> retry(String.valueOf(failure.getMessage())));
    }

    private void retry(String why) {
        if (!stopped) {
            var wait = backoff.next();
            LOG.atWarn()
                    .addKeyValue("stream", name)
                    .addKeyValue("reason", why)
                    .addKeyValue("retry_ms", wait.toMillis())
                    .log("stream is down, will be opened again");
            vertx.setTimer(Math.max(1, wait.toMillis()), ignored -> connect());
        }
    }

    /** One stream, from its opening to its end. */
    private final class Open implements Conversation.Speaker<Q> {
        private final CloudClient.Call<Q, R> call;
        private Instant lastHeard = clock.instant();
        private long heartbeats = -1;
        private boolean leaving;
        private boolean over;
        private Runnable farewell = () -> {};

        private Open(CloudClient.Call<Q, R> call) {
            this.call = call;
        }

        private void begin() {
            if (stopped) {
                call.request().cancel();
                call.ended().run();
                return;
            }
            open = Optional.of(this);
            call.request().exceptionHandler(failure -> end(String.valueOf(failure.getMessage())));
            call.request().drainHandler(ignored -> conversation.onRoom());
            call.request()
                    .response()
                    .onSuccess(this::listen)
                    .onFailure(failure -> end(String.valueOf(failure.getMessage())));
            heartbeats = vertx.setPeriodic(times.heartbeat().toMillis(), ignored -> beat());
            conversation.onOpen(this);
        }

        private void listen(GrpcClientResponse<Q, R> response) {
            response.exceptionHandler(failure -> end(String.valueOf(failure.getMessage())));
            response.errorHandler(error -> end("the cloud ended it: " + error.status));
            response.endHandler(ignored -> end("the cloud ended it: " + ending(response)));
            response.handler(
                    message -> {
                        lastHeard = clock.instant();
                        if (!over) {
                            conversation.onMessage(message);
                        }
                    });
        }

        private String ending(GrpcClientResponse<Q, R> response) {
            var message = response.statusMessage();
            return response.status() + (message == null ? "" : " " + message);
        }

        private void beat() {
            if (Duration.between(lastHeard, clock.instant()).compareTo(times.silence()) > 0) {
                call.request().cancel();
                end("the cloud was silent for " + times.silence().toSeconds() + " s");
            } else {
                say(conversation.heartbeat());
            }
        }

        @Override
        public void say(Q message) {
            if (!over && !leaving) {
                call.request().write(message);
            }
        }

        @Override
        public boolean isFull() {
            return over || leaving || call.request().writeQueueFull();
        }

        @Override
        public void settled() {
            backoff.reset();
        }

        @Override
        public void leaveWithin(Duration time) {
            call.elsewhere().run();
            var wait = (long) (time.toMillis() * random.nextDouble());
            vertx.setTimer(Math.max(1, wait), ignored -> leave());
        }

        /** Half-closes, so that what is under way is still answered, and ends soon after. */
        private void leave() {
            if (!over && !leaving) {
                leaving = true;
                call.request().end();
                vertx.setTimer(
                        LEAVING.toMillis(),
                        ignored -> {
                            if (!over) {
                                call.request().cancel();
                                end("left");
                            }
                        });
            }
        }

        private void end(String why) {
            if (over) {
                return;
            }
            over = true;
            vertx.cancelTimer(heartbeats);
            call.ended().run();
            open = Optional.empty();
            conversation.onClosed();
            farewell.run();
            if (leaving) {
                connect();
            } else {
                call.elsewhere().run();
                retry(why);
            }
        }
    }
}
