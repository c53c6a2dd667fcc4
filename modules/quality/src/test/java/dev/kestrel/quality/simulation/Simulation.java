package dev.kestrel.quality.simulation;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One run: customers, nodes, a store, and faults. */
final class Simulation {
    private static final List<ClusterRef> CLUSTERS =
            List.of(new ClusterRef("acme", "prod"), new ClusterRef("zenith", "prod"));

    private final Plot plot;
    private final Timeline timeline;
    private final Chronicle chronicle;
    private final World world;
    private final Nodes nodes;
    private final List<Customer> customers = new ArrayList<>();

    Simulation(Plot plot, long seed, List<Fault> faults) {
        this.plot = plot;
        timeline = new Timeline(Story.START, seed);
        chronicle = new Chronicle(timeline);
        var calm = Story.START.plus(plot.troubled());
        world =
                new World(
                        timeline,
                        new Network(timeline),
                        chronicle,
                        () -> timeline.instant().isBefore(calm));
        var bus = new VirtualBus(world);
        var store = new VirtualStore(world, plot.thinking(), this::mayDie);
        nodes = new Nodes(world, bus, store, plot.thinking());
        for (int i = 0; i < plot.stories().size(); i++) {
            var ref = CLUSTERS.get(i);
            customers.add(
                    new Customer(
                            ref, world, plot.stories().get(i), store.ledger(ref), bus, nodes::any));
        }
        for (int i = 1; i <= plot.nodes(); i++) {
            nodes.start("node-" + i);
        }
        customers.forEach(Customer::begin);
        new Disaster(world, nodes, store, customers, calm).schedule(faults);
    }

    /** A call was done, and its answer is not back. */
    private void mayDie(VirtualNode node) {
        if (world.chance(0.005)) {
            chronicle.tell(Happening.NODE_KILLED_BEFORE_THE_ANSWER, node.name());
            nodes.kill(node);
        }
    }

    /** Plays it to its end and checks what must be true of it. */
    Reached run() {
        var end = Story.START.plus(plot.length());
        timeline.run(end);
        long digest = 0;
        for (var customer : customers) {
            new Verdict(customer, end).mustHold();
            digest = 31 * digest + digest(customer.ledger().history());
        }
        return new Reached(digest, Map.copyOf(chronicle.counts()));
    }

    /** What happened, as far as it is still known. */
    List<String> story() {
        return chronicle.lines();
    }

    private static long digest(List<Journal.Entry> history) {
        return history.stream().mapToInt(entry -> Arrays.hashCode(entry.body())).sum();
    }

    /**
     * What was reached, so that a test of nothing is noticed.
     *
     * @param digest of everything journalled
     */
    record Reached(long digest, Map<Happening, Integer> counts) {}
}
