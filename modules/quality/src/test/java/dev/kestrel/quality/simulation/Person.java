package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A person who decides about what is offered, through whichever node answers: mostly approves,
 * sometimes twice, late, for a plan that was never shown, or not at all.
 */
final class Person {
    private final ClusterRef cluster;
    private final World world;
    private final Ledger ledger;
    private final Supplier<Optional<CloudNode>> nodes;
    private final Principal ann;
    private final Map<String, String> seen = new HashMap<>();
    private final Set<String> approved = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();
    private final Set<String> decided = new HashSet<>();

    Person(ClusterRef cluster, World world, Ledger ledger, Supplier<Optional<CloudNode>> nodes) {
        this.cluster = cluster;
        this.world = world;
        this.ledger = ledger;
        this.nodes = nodes;
        ann = new Principal(cluster.tenant(), "u1", "ann@acme.example", Role.APPROVER);
    }

    /** Looks at the incidents now and then, as they were saved last. */
    void lookAgain() {
        world.timeline()
                .after(
                        world.timeline().between(1_000, 6_000),
                        () -> {
                            ledger.newest().forEach(this::look);
                            lookAgain();
                        });
    }

    private void look(String id, String json) {
        if ((json.equals(seen.put(id, json)) && !world.timeline().chance(0.2))
                || !json.contains("\"PROPOSED\"")) {
            return;
        }
        var incident = SealedJson.read(json.getBytes(StandardCharsets.UTF_8), Incident.class);
        incident.remediations().stream()
                .filter(one -> one.phase() == Remediation.Phase.PROPOSED)
                .findFirst()
                .ifPresent(one -> decide(id, one));
    }

    private void decide(String incident, Remediation fix) {
        var digest = fix.plan().manifest().digest();
        var approve = new Word.Approve(ann, fix.id(), digest);
        var mood = world.timeline().pick(10);
        if (mood == 0) {
            world.chronicle().count(Happening.WORD_OF_WRONG_DIGEST);
            say(incident, fix.id(), new Word.Approve(ann, fix.id(), "0" + digest.substring(1)));
        } else if (mood == 1) {
            say(
                    incident,
                    fix.id(),
                    new Word.Reject(ann, fix.id(), Word.RejectReason.TOO_RISKY, ""));
        } else {
            approved.add(digest);
            say(incident, fix.id(), approve);
        }
        if (mood == 2 || mood == 3) {
            world.chronicle().count(Happening.WORD_REPEATED);
            say(incident, fix.id(), approve);
        }
        if (mood == 4 || mood == 1) {
            world.chronicle().count(Happening.WORD_LATE);
            world.timeline()
                    .after(
                            world.timeline().between(2_000, 30_000),
                            () -> {
                                approved.add(digest);
                                say(incident, fix.id(), approve);
                            });
        }
    }

    private void say(String incident, String fix, Word word) {
        var given = new Topics.WordGiven(cluster, incident, word, world.timeline().instant());
        nodes.get()
                .ifPresent(
                        node ->
                                node.process()
                                        .after(
                                                Duration.ZERO,
                                                () ->
                                                        node.bus()
                                                                .ask(Topics.WORD_GIVEN, given)
                                                                .onSuccess(
                                                                        taken ->
                                                                                taken.ifPresent(
                                                                                        one ->
                                                                                                heard(
                                                                                                        fix,
                                                                                                        word,
                                                                                                        one)))));
    }

    private void heard(String fix, Word word, Topics.WordTaken answer) {
        world.chronicle().count(answer.taken() ? Happening.WORD_TAKEN : Happening.WORD_REFUSED);
        if (!answer.taken()) {
            return;
        }
        if (!decided.add(fix)) {
            world.timeline().broken(cluster + ": two decisions about " + fix + " were taken");
        }
        switch (word) {
            case Word.Reject _ -> {
                world.chronicle().count(Happening.FIX_REJECTED);
                rejected.add(fix);
            }
            case Word.Approve approve -> {
                if (!approved.contains(approve.digest())) {
                    world.timeline().broken("a plan that nobody saw was approved");
                }
            }
            case Word.Acknowledge _, Word.Resolve _, Word.Judge _ -> {}
        }
    }

    /** Why a fix must not be applied; empty when it was approved. */
    Optional<String> objection(Command.Apply apply) {
        if (!approved.contains(apply.manifest().digest())) {
            return Optional.of("nobody approved " + apply);
        }
        return rejected.stream()
                .filter(fix -> apply.id().startsWith(fix + "-"))
                .findFirst()
                .map(fix -> fix + " was rejected, and is applied");
    }
}
