package dev.kestrel.quality.simulation;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clustered event bus on the timeline. Messages between two nodes keep their order; where
 * several serve an address, chance picks one, as a cluster's round-robin does.
 */
final class VirtualBus {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final World world;
    private final Map<String, List<Served>> served = new TreeMap<>();
    private final Map<String, Instant> lanes = new TreeMap<>();

    private record Served(VirtualNode node, Handler<Message<Object>> handler) {}

    VirtualBus(World world) {
        this.world = world;
    }

    /** The bus as one node sees it. */
    EventBus of(VirtualNode node) {
        return Stand.in(
                EventBus.class,
                (self, method, arguments) ->
                        switch (method) {
                            case "registerCodec" -> self;
                            case "publish" -> {
                                publish(node, (String) arguments[0], arguments[1]);
                                yield self;
                            }
                            case "consumer" -> consumer(node, (String) arguments[0], arguments[1]);
                            case "localConsumer" ->
                                    consumer(node, here(node, arguments[0]), arguments[1]);
                            case "request" -> request(node, address(node, arguments), arguments[1]);
                            default -> throw new UnsupportedOperationException(method);
                        });
    }

    /** A dead node serves nothing any more. */
    void forget(VirtualNode node) {
        served.values().forEach(servers -> servers.removeIf(one -> one.node() == node));
    }

    private static String address(VirtualNode node, Object[] arguments) {
        return ((DeliveryOptions) arguments[2]).isLocalOnly()
                ? here(node, arguments[0])
                : (String) arguments[0];
    }

    /** What is said on one node is not heard on another. */
    private static String here(VirtualNode node, Object address) {
        return node.name() + ">" + address;
    }

    /** Who cannot be reached just now never hears of it. */
    private void publish(VirtualNode from, String address, Object body) {
        for (var server : List.copyOf(served.getOrDefault(address, List.of()))) {
            if (!world.network().isSplit(from.name(), server.node().name())) {
                travel(
                        from,
                        server.node(),
                        () ->
                                server.handler()
                                        .handle(
                                                message(
                                                        body,
                                                        from,
                                                        server.node(),
                                                        Promise.promise())));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private MessageConsumer<Object> consumer(VirtualNode node, String address, Object handler) {
        var server = new Served(node, (Handler<Message<Object>>) handler);
        var servers = served.computeIfAbsent(address, _ -> new ArrayList<>());
        servers.add(server);
        return Stand.in(
                MessageConsumer.class,
                (_, method, _) ->
                        switch (method) {
                            case "completion" -> Future.succeededFuture();
                            case "unregister" -> {
                                servers.remove(server);
                                yield Future.succeededFuture();
                            }
                            default -> throw new UnsupportedOperationException(method);
                        });
    }

    private Future<Message<Object>> request(VirtualNode from, String address, Object body) {
        var answer = Promise.<Message<Object>>promise();
        var servers =
                served.getOrDefault(address, List.of()).stream()
                        .filter(
                                server ->
                                        !world.network().isSplit(from.name(), server.node().name()))
                        .toList();
        if (servers.isEmpty()) {
            from.after(
                    Duration.ofMillis(1),
                    () -> answer.tryFail(new ReplyException(ReplyFailure.NO_HANDLERS, address)));
            return answer.future();
        }
        var server = servers.get(world.timeline().pick(servers.size()));
        travel(
                from,
                server.node(),
                () -> server.handler().handle(message(body, from, server.node(), answer)));
        from.after(
                PATIENCE, () -> answer.tryFail(new ReplyException(ReplyFailure.TIMEOUT, address)));
        return answer.future();
    }

    @SuppressWarnings("unchecked")
    private Message<Object> message(
            Object body, VirtualNode from, VirtualNode to, Promise<Message<Object>> answer) {
        return Stand.in(
                Message.class,
                (self, method, arguments) -> {
                    switch (method) {
                        case "reply" ->
                                travel(
                                        to,
                                        from,
                                        () ->
                                                answer.tryComplete(
                                                        message(arguments[0], to, from, answer)));
                        case "fail" ->
                                travel(
                                        to,
                                        from,
                                        () ->
                                                answer.tryFail(
                                                        new ReplyException(
                                                                ReplyFailure.RECIPIENT_FAILURE,
                                                                (String) arguments[1])));
                        case "body" -> {
                            return body;
                        }
                        default -> throw new UnsupportedOperationException(method);
                    }
                    return self;
                });
    }

    private void travel(VirtualNode from, VirtualNode to, Runnable arrival) {
        if (from == to) {
            to.after(Duration.ofNanos(1), arrival);
            return;
        }
        var usual = world.timeline().instant().plus(world.latency());
        var at = world.network().arrival(from.name(), to.name(), usual);
        var lane = from.name() + ">" + to.name();
        var last = lanes.getOrDefault(lane, Instant.MIN);
        at = at.isAfter(last) ? at : last.plusNanos(1);
        lanes.put(lane, at);
        to.at(at, arrival);
    }
}
