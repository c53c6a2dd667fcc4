package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One tenant's cluster: what its operator tells and does, and the person who decides about it. */
final class Customer {
    private final ClusterRef ref;
    private final World world;
    private final Story story;
    private final Ledger ledger;
    private final VirtualBus bus;
    private final Supplier<Optional<CloudNode>> nodes;
    private final Person person;
    private final List<OperatorProcess> boots = new ArrayList<>();
    private final Map<String, String> asked = new HashMap<>();
    private final Map<String, Integer> done = new HashMap<>();

    /**
     * @param nodes one that an operator or a person reaches now
     */
    Customer(
            ClusterRef ref,
            World world,
            Story story,
            Ledger ledger,
            VirtualBus bus,
            Supplier<Optional<CloudNode>> nodes) {
        this.ref = ref;
        this.world = world;
        this.story = story;
        this.ledger = ledger;
        this.bus = bus;
        this.nodes = nodes;
        person = new Person(ref, world, ledger, nodes);
    }

    void begin() {
        boot();
        for (var signal : story.signals()) {
            world.timeline().at(signal.observedAt(), () -> newest().tell(List.of(signal)));
        }
        person.lookAgain();
    }

    ClusterRef ref() {
        return ref;
    }

    Ledger ledger() {
        return ledger;
    }

    List<OperatorProcess> boots() {
        return List.copyOf(boots);
    }

    /** The operator that runs now. */
    OperatorProcess newest() {
        return boots.getLast();
    }

    /** How the operator is named on the network. */
    String operator() {
        return "operator of " + ref;
    }

    /** All objects as they are now. */
    List<Signal> snapshot() {
        return story.snapshot(world.timeline().instant());
    }

    /** The operator ends, and another begins. */
    void restartOperator() {
        newest().kill();
        boot();
    }

    private void boot() {
        var bootId = "boot-" + (boots.size() + 1);
        boots.add(
                new OperatorProcess(
                        bootId, world, this, bus, nodes, command -> carryOut(bootId, command)));
    }

    /** What the operator does; whatever reaches it must be approved, and is done once. */
    private Outcome carryOut(String bootId, Command command) {
        var text = SealedJson.text(new Said(command));
        var before = asked.putIfAbsent(command.id(), text);
        if (before != null && !before.equals(text)) {
            broken("command %s means two things:%n%s%n%s".formatted(command.id(), before, text));
        }
        if (done.merge(bootId + " " + command.id(), 1, Integer::sum) > 1) {
            broken(command.id() + " was carried out twice by " + bootId);
        }
        if (before != null) {
            world.chronicle().count(Happening.COMMAND_REPEATED);
        }
        return switch (command) {
            case Command.Investigate _, Command.CancelInvestigation _ ->
                    new Outcome.Refused(Outcome.Reason.UNREACHABLE, "the API is away", List.of());
            case Command.DryRun dryRun ->
                    new Outcome.WouldApply(dryRun.manifest().fields(), List.of());
            case Command.Apply apply -> apply(apply);
            case Command.Undo undo -> undo(undo);
        };
    }

    private record Said(Command command) {}

    private Outcome apply(Command.Apply apply) {
        person.objection(apply).ifPresent(this::broken);
        if (world.timeline().instant().isAfter(apply.expiresAt())) {
            return new Outcome.Refused(
                    Outcome.Reason.APPROVAL_EXPIRED, "the approval has expired", List.of());
        }
        world.chronicle().tell(Happening.FIX_APPLIED, apply.id() + " of " + ref);
        return new Outcome.Applied("4711", Story.START);
    }

    private Outcome undo(Command.Undo undo) {
        if (!asked.containsKey(undo.applyId())) {
            broken(undo.id() + " takes back what was never applied");
        }
        return new Outcome.Applied("4712", Story.START.plus(Duration.ofSeconds(1)));
    }

    private void broken(String what) {
        world.timeline().broken(ref + ": " + what);
    }
}
