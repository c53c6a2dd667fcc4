package dev.kestrel.quality.simulation;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** The part of Vert.x that verticles and streams use, on the timeline of one node. */
final class VirtualVertx {
    private final VirtualNode node;
    private final EventBus eventBus;
    private final Set<Long> cancelled = new HashSet<>();
    private long timers;

    private VirtualVertx(VirtualNode node, EventBus eventBus) {
        this.node = node;
        this.eventBus = eventBus;
    }

    static Vertx of(VirtualNode node, VirtualBus bus) {
        return Stand.in(Vertx.class, new VirtualVertx(node, bus.of(node))::vertx);
    }

    /** An event loop of the node. */
    static Context context(VirtualNode node) {
        return Stand.in(
                Context.class,
                (self, method, arguments) -> {
                    if (!method.equals("runOnContext")) {
                        throw new UnsupportedOperationException(method);
                    }
                    node.after(Duration.ZERO, () -> handler(arguments[0]).handle(null));
                    return self;
                });
    }

    private Object vertx(Object self, String method, Object[] arguments) {
        return switch (method) {
            case "eventBus" -> eventBus;
            case "setTimer" -> once(millis(arguments), handler(arguments[1]));
            case "setPeriodic" -> periodically(millis(arguments), handler(arguments[1]));
            case "cancelTimer" -> cancelled.add((long) arguments[0]);
            case "timer" -> timer(millis(arguments));
            case "getOrCreateContext" -> context(node);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private long once(Duration delay, Handler<@Nullable Object> handler) {
        var id = ++timers;
        node.after(
                delay,
                () -> {
                    if (!cancelled.remove(id)) {
                        handler.handle(id);
                    }
                });
        return id;
    }

    private long periodically(Duration delay, Handler<@Nullable Object> handler) {
        var id = ++timers;
        again(id, delay, handler);
        return id;
    }

    private void again(long id, Duration delay, Handler<@Nullable Object> handler) {
        node.after(
                delay,
                () -> {
                    if (!cancelled.remove(id)) {
                        handler.handle(id);
                        again(id, delay, handler);
                    }
                });
    }

    /** A timer as a future; all that is done with it is to go on afterwards. */
    @SuppressWarnings("unchecked")
    private Timer timer(Duration delay) {
        var over = Promise.<Object>promise();
        once(delay, over::complete);
        return Stand.in(
                Timer.class,
                (_, method, arguments) -> {
                    if (!method.equals("compose")) {
                        throw new UnsupportedOperationException(method);
                    }
                    return over.future().compose((Function<Object, Future<Object>>) arguments[0]);
                });
    }

    private static Duration millis(Object[] arguments) {
        return Duration.ofMillis((long) arguments[0]);
    }

    @SuppressWarnings("unchecked")
    private static Handler<@Nullable Object> handler(Object argument) {
        return (Handler<@Nullable Object>) argument;
    }
}
