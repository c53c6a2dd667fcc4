package dev.kestrel.bus;

import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The event bus, spoken to only in {@link Topic}s. */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(15);

    private final EventBus eventBus;
    private final Owners owners;

    private Bus(EventBus eventBus, Owners owners) {
        this.eventBus = eventBus;
        this.owners = owners;
    }

    /**
     * Codecs are registered per Vert.x instance, so this is called once, by the composition root.
     *
     * @param owners where it is written who owns a cluster
     */
    public static Bus on(Vertx vertx, Owners owners) {
        var types = new LinkedHashSet<Class<?>>();
        for (var topic : Topics.ALL) {
            types.add(topic.message());
            if (topic instanceof Topic.Question<?, ?> question) {
                types.add(question.reply());
            }
        }
        types.forEach(type -> vertx.eventBus().registerCodec(new JsonCodec<>(type)));
        return new Bus(vertx.eventBus(), owners);
    }

    /** Tells everyone who listens, on every node; may be lost. */
    public <M> void tell(Topic.Fact<M> topic, M fact) {
        eventBus.publish(topic.name(), fact, as(topic.message()));
    }

    /** Listens to a fact from now on. */
    public <M> Registration onFact(Topic.Fact<M> topic, Consumer<M> listener) {
        return new Registration(
                eventBus.<M>consumer(topic.name(), message -> listener.accept(message.body())));
    }

    /**
     * Asks whoever serves the message's key. Empty when nobody does, or nobody owns the cluster;
     * fails when the one who does fails or does not answer in 15 s.
     */
    public <M, R> Future<Optional<R>> ask(Topic.Question<M, R> topic, M message) {
        return switch (topic) {
            case Topic.Ask<M, R> ask ->
                    ask(topic, ask.key().apply(message), message, as(topic.message()));
            case Topic.Here<M, R> here -> askHere(topic, here.key().apply(message), message);
            case Topic.ToOwner<M, R> toOwner ->
                    here(owners.find(toOwner.cluster().apply(message)))
                            .compose(owner -> askOwner(topic, owner, message));
        };
    }

    private <M, R> Future<Optional<R>> askHere(Topic.Question<M, R> topic, String key, M message) {
        return ask(topic, key, message, as(topic.message()).setLocalOnly(true));
    }

    private <M, R> Future<Optional<R>> askOwner(
            Topic.Question<M, R> topic, Optional<Ownership> owner, M message) {
        return owner.map(one -> ask(topic, one.node(), message, as(topic.message())))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private <M, R> Future<Optional<R>> ask(
            Topic.Question<M, R> topic, String key, M message, DeliveryOptions options) {
        return eventBus.<R>request(topic.name() + "/" + key, message, options)
                .map(reply -> Optional.of(reply.body()))
                .recover(
                        failure ->
                                isNobodyThere(failure)
                                        ? Future.succeededFuture(Optional.empty())
                                        : Future.failedFuture(failure));
    }

    /** Goes on where it was asked: a stream's answers come on the stream's event loop. */
    private static <T> Future<T> here(CompletionStage<T> stage) {
        var context = Vertx.currentContext();
        return context == null
                ? Future.fromCompletionStage(stage)
                : Future.fromCompletionStage(stage, context);
    }

    /**
     * Serves a key from now on; completes when every node that may ask can see it.
     *
     * @param key this node's id where the question goes to a cluster's owner
     */
    public <M, R> Future<Registration> serve(
            Topic.Question<M, R> topic, String key, Function<M, Future<? extends R>> server) {
        var address = topic.name() + "/" + key;
        Handler<Message<M>> handler = message -> answer(topic, server, message);
        MessageConsumer<M> consumer =
                topic instanceof Topic.Here<M, R>
                        ? eventBus.localConsumer(address, handler)
                        : eventBus.consumer(address, handler);
        return consumer.completion().map(new Registration(consumer));
    }

    private static <M, R> void answer(
            Topic.Question<M, R> topic,
            Function<M, Future<? extends R>> server,
            Message<M> message) {
        served(server, message.body())
                .onSuccess(reply -> message.reply(reply, as(topic.reply())))
                .onFailure(failure -> message.fail(500, String.valueOf(failure.getMessage())));
    }

    /**
     * A server that throws has a bug; its asker is told at once instead of waiting for nothing.
     * This is the one place where every exception is caught.
     */
    private static <M, R> Future<? extends R> served(
            Function<M, Future<? extends R>> server, M message) {
        try {
            return server.apply(message);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("message was not served");
            return Future.failedFuture(e);
        }
    }

    /** Something served or listened to, until it is ended. */
    public static final class Registration {
        private final MessageConsumer<?> consumer;

        private Registration(MessageConsumer<?> consumer) {
            this.consumer = consumer;
        }

        /** Completes when every node can see it. */
        public Future<Void> ready() {
            return consumer.completion();
        }

        public Future<Void> end() {
            return consumer.unregister();
        }
    }

    private static boolean isNobodyThere(Throwable failure) {
        return failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    private static DeliveryOptions as(Class<?> type) {
        return new DeliveryOptions()
                .setCodecName(type.getName())
                .setSendTimeout(ASK_TIMEOUT.toMillis());
    }

    record JsonCodec<T>(Class<T> type) implements MessageCodec<T, T> {
        @Override
        public void encodeToWire(Buffer buffer, T message) {
            var json = SealedJson.write(message);
            buffer.appendInt(json.length).appendBytes(json);
        }

        @Override
        public T decodeFromWire(int position, Buffer buffer) {
            var start = position + Integer.BYTES;
            return SealedJson.read(buffer.getBytes(start, start + buffer.getInt(position)), type);
        }

        @Override
        public T transform(T message) {
            return message; // Messages are immutable records, so local delivery may share them.
        }

        @Override
        public String name() {
            return type.getName();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
