package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Lets faults happen to the nodes, the store and the customers. */
final class Disaster {
    private final World world;
    private final Nodes nodes;
    private final VirtualStore store;
    private final List<Customer> customers;
    private final Instant calm;

    /**
     * @param calm when the last of them is over
     */
    Disaster(World world, Nodes nodes, VirtualStore store, List<Customer> customers, Instant calm) {
        this.world = world;
        this.nodes = nodes;
        this.store = store;
        this.customers = customers;
        this.calm = calm;
    }

    void schedule(List<Fault> faults) {
        for (var fault : faults) {
            world.timeline().after(fault.after(), () -> happen(fault));
        }
    }

    private void happen(Fault fault) {
        var customer = customers.get(fault.which() % customers.size());
        switch (fault.kind()) {
            case BREAK_STREAMS -> {
                tell(Happening.STREAM_BROKEN, "of " + customer.ref());
                customer.newest().breakStreams(fault.which() % 2 == 0);
            }
            case RESTART_OPERATOR -> {
                tell(Happening.OPERATOR_RESTARTED, "of " + customer.ref());
                customer.restartOperator();
            }
            case RESTART_STORE -> {
                var away = atMost(fault.time(), Duration.ofSeconds(5));
                tell(Happening.STORE_RESTARTED, "away for " + away);
                store.restart(away);
            }
            case SLOW_STORE -> {
                tell(Happening.STORE_SLOW, "for " + time(fault));
                store.slow(time(fault));
            }
            case KILL_NODE,
                    PAUSE_NODE,
                    DRAIN_NODE,
                    SET_CLOCK,
                    CUT_NODE_FROM_STORE,
                    CUT_NODES_APART,
                    CUT_OPERATOR_OFF ->
                    nodes.one(fault.which()).ifPresent(node -> hit(node, fault, customer));
        }
    }

    private void hit(CloudNode node, Fault fault, Customer customer) {
        switch (fault.kind()) {
            case KILL_NODE -> {
                tell(Happening.NODE_KILLED, node.name());
                nodes.kill(node);
            }
            case PAUSE_NODE -> {
                tell(Happening.NODE_PAUSED, node.name() + " for " + time(fault));
                node.process().freeze(time(fault));
            }
            case DRAIN_NODE -> {
                tell(Happening.NODE_DRAINED, node.name());
                nodes.drain(node);
            }
            case SET_CLOCK -> {
                var ahead = fault.time().minus(Duration.ofSeconds(7)).dividedBy(20);
                tell(Happening.CLOCK_JUMPED, node.name() + " is ahead by " + ahead);
                node.process().skew(ahead);
            }
            case CUT_NODE_FROM_STORE ->
                    cut(Happening.NODE_CUT_FROM_STORE, node.name(), Network.STORE, fault);
            case CUT_NODES_APART ->
                    nodes.other(node, fault.which())
                            .ifPresent(
                                    other ->
                                            cut(
                                                    Happening.NODES_CUT_APART,
                                                    node.name(),
                                                    other.name(),
                                                    fault));
            case CUT_OPERATOR_OFF ->
                    cut(Happening.OPERATOR_CUT_OFF, customer.operator(), node.name(), fault);
            case BREAK_STREAMS, RESTART_OPERATOR, RESTART_STORE, SLOW_STORE -> {}
        }
    }

    private void cut(Happening what, String one, String other, Fault fault) {
        var time = time(fault);
        var direction = fault.which() / 16 % 4;
        if (direction != 0) {
            world.network().cut(one, other, time);
        }
        if (direction != 1) {
            world.network().cut(other, one, time);
        }
        if (direction < 2) {
            world.chronicle().count(Happening.CUT_IN_ONE_DIRECTION);
        }
        var how = List.of("from " + other + " only", "to " + other + " only", "from ", "from ");
        tell(
                what,
                "%s cut %s for %s"
                        .formatted(
                                one, direction < 2 ? how.get(direction) : "from " + other, time));
    }

    private Duration time(Fault fault) {
        return atMost(fault.time(), Duration.between(world.timeline().instant(), calm));
    }

    private static Duration atMost(Duration time, Duration most) {
        return time.compareTo(most) < 0 ? time : most;
    }

    private void tell(Happening what, String line) {
        world.chronicle().tell(what, line);
    }
}
