package dev.kestrel.quality.simulation;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.SealedJson;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.incident.Incident;

import io.vertx.core.Future;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is around the owners and never fails as a whole: the control stream, which answers commands
 * late, twice or not at all at first, and a person who approves what is offered.
 */
final class Edge {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PATIENCE = 60;

    private final Timeline timeline;
    private final VirtualNode process;
    private final Bus bus;
    private final Map<String, String> commands = new TreeMap<>();
    private final Set<String> approved = new TreeSet<>();

    Edge(Timeline timeline, VirtualBus network, VirtualStore store) {
        this.timeline = timeline;
        process = new VirtualNode("edge", timeline);
        bus = Bus.on(VirtualVertx.of(process, network), store.of(process).owners());
        bus.serve(Topics.COMMAND_ISSUED, Diary.CLUSTER.toString(), this::onCommand);
    }

    /** How many different commands were handed over. */
    int commands() {
        return commands.size();
    }

    /** How many different manifests a person approved. */
    int approved() {
        return approved.size();
    }

    private Future<Dispatch> onCommand(Topics.CommandIssued issued) {
        var command = issued.command();
        var text = SealedJson.text(new Said(command));
        var before = commands.putIfAbsent(command.id(), text);
        if (before != null && !before.equals(text)) {
            timeline.broken(
                    "command %s means two things:%n%s%n%s".formatted(command.id(), before, text));
        }
        if (command instanceof Command.Apply apply
                && !approved.contains(apply.manifest().digest())) {
            timeline.broken("nobody approved " + text);
        }
        if (timeline.chance(0.2)) {
            return Future.succeededFuture(new Dispatch.Unreachable("nobody is connected"));
        }
        var times = timeline.chance(0.2) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            process.after(timeline.between(50, 3_000), () -> answer(command, PATIENCE));
        }
        return Future.succeededFuture(new Dispatch.Taken(command.id()));
    }

    private record Said(Command command) {}

    private void answer(Command command, int left) {
        var ended =
                new Topics.CommandEnded(
                        Diary.CLUSTER, command.id(), Diary.outcome(command), timeline.instant());
        bus.ask(Topics.COMMAND_ENDED, ended)
                .map(noted -> noted.map(Topics.Noted::accepted).orElse(false))
                .otherwise(false)
                .onSuccess(
                        noted -> {
                            if (!noted && left > 0) {
                                process.after(PAUSE, () -> answer(command, left - 1));
                            }
                        });
    }

    /** A person looks at an incident as it was last saved, and approves a fix that is offered. */
    void look(String json) {
        var incident = SealedJson.read(json.getBytes(StandardCharsets.UTF_8), Incident.class);
        Diary.approval(incident)
                .ifPresent(
                        word -> {
                            approved.add(word.digest());
                            bus.ask(
                                    Topics.WORD_GIVEN,
                                    new Topics.WordGiven(
                                            Diary.CLUSTER,
                                            incident.id(),
                                            word,
                                            timeline.instant()));
                        });
    }
}
