package dev.kestrel.quality.simulation;

import dev.kestrel.domain.reasoning.Thinking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes of the cloud that run now; one that is gone comes back after a while. */
final class Nodes {
    private final World world;
    private final VirtualBus bus;
    private final VirtualStore store;
    private final Thinking thinking;
    private final List<CloudNode> running = new ArrayList<>();

    Nodes(World world, VirtualBus bus, VirtualStore store, Thinking thinking) {
        this.world = world;
        this.bus = bus;
        this.store = store;
        this.thinking = thinking;
    }

    void start(String name) {
        world.chronicle().note(name + " starts");
        var process = new VirtualNode(name, world.timeline());
        running.add(new CloudNode(process, bus, store, thinking, world.timeline()));
    }

    /** Any that runs; empty when none does. */
    Optional<CloudNode> any() {
        return running.isEmpty() ? Optional.empty() : one(world.timeline().pick(running.size()));
    }

    /** One that runs, by a number. */
    Optional<CloudNode> one(int which) {
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(running.get(which % running.size()));
    }

    /** Another one than this. */
    Optional<CloudNode> other(CloudNode node, int which) {
        var others = running.stream().filter(one -> one != node).toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(others.get(which / 256 % others.size()));
    }

    /** Dies with everything that it was about to do. */
    void kill(CloudNode node) {
        if (running.remove(node)) {
            node.kill();
            startAgain(node.name());
        }
    }

    /** Dies if it runs here. */
    void kill(VirtualNode process) {
        List.copyOf(running).stream().filter(one -> one.process() == process).forEach(this::kill);
    }

    /** Takes no new stream, and ends once it gave its clusters back. */
    void drain(CloudNode node) {
        if (running.remove(node)) {
            node.drain();
            startAgain(node.name());
        }
    }

    private void startAgain(String name) {
        world.timeline().after(world.timeline().between(500, 12_000), () -> start(name));
    }
}
