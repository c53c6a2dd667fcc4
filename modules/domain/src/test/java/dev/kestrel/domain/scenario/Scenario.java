package dev.kestrel.domain.scenario;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Observation.EventReported;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.Observation.LogLine;
import dev.kestrel.domain.signal.Observation.ObjectGone;
import dev.kestrel.domain.signal.Observation.ObjectSeen;
import dev.kestrel.domain.signal.Observation.SignalsShed;
import dev.kestrel.domain.signal.Observation.SnapshotBegun;
import dev.kestrel.domain.signal.Observation.SnapshotCompleted;
import dev.kestrel.domain.signal.Observation.SourceReported;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A timeline read from a file. Verbs are the names of {@link Observation}s; {@code object-seen}
 * changes what was last seen of the object by the assignments below it; {@code advance} lets time
 * pass.
 */
public final class Scenario {
    private final World world = new World();
    private final List<Moment> moments = new ArrayList<>();

    private Scenario() {}

    public static Scenario read(Path file) throws IOException {
        var scenario = new Scenario();
        scenario.play(Golden.played(file));
        return scenario;
    }

    /** In the order in which they happen; what is given comes first. */
    public List<Moment> moments() {
        return List.copyOf(moments);
    }

    private void play(List<String> lines) {
        var givens = new Givens(world, World.START);
        var isGiven = false;
        for (var at = 0; at < lines.size(); at++) {
            var line = lines.get(at).strip();
            if (line.startsWith("given ")) {
                givens.add(words(line.substring("given ".length())));
            } else if (line.startsWith("+")) {
                if (!isGiven) {
                    give();
                    isGiven = true;
                }
                var last = at;
                while (last + 1 < lines.size() && lines.get(last + 1).startsWith(" ")) {
                    last++;
                }
                step(line, lines.subList(at + 1, last + 1));
                at = last;
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("cannot read: " + line);
            }
        }
    }

    private void give() {
        var before = World.START.minus(Duration.ofMinutes(5));
        var created = World.START.minus(World.AGE);
        var kinds = new TreeSet<String>();
        world.refs().forEach(ref -> kinds.add(ref.kind()));
        var signals = new ArrayList<Signal>();
        kinds.forEach(kind -> signals.add(new Signal(before, new SnapshotBegun(kind))));
        for (var ref : world.refs()) {
            var object = world.seen(ref, "kubectl-client-side-apply", created);
            signals.add(new Signal(before, new ObjectSeen(object)));
        }
        kinds.forEach(kind -> signals.add(new Signal(before, new SnapshotCompleted(kind, 0))));
        moments.add(new Moment(before, signals));
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    private void step(String line, List<String> below) {
        var words = words(line);
        var at = World.START.plus(Offset.read(words.getFirst()));
        var rest = words.subList(2, words.size());
        var observation = observe(words.get(1), rest, below, at);
        moments.add(
                new Moment(
                        at,
                        observation.map(each -> List.of(new Signal(at, each))).orElse(List.of())));
    }

    private Optional<Observation> observe(
            String verb, List<String> words, List<String> below, Instant at) {
        return switch (verb) {
            case "object-seen" -> Optional.of(seen(words, below, at));
            case "object-gone" -> {
                var ref = ResourceRef.parse(words.getFirst());
                var gone = new ObjectGone(ref, world.uid(ref));
                world.remove(ref);
                yield Optional.of(gone);
            }
            case "event-reported" -> Optional.of(event(words, at));
            case "log-line" ->
                    Optional.of(
                            new LogLine(
                                    ResourceRef.parse(words.getFirst()),
                                    "app",
                                    false,
                                    rest(words, 1)));
            case "flow-seen" -> Optional.of(flow(words, at));
            case "source-reported" ->
                    Optional.of(
                            new SourceReported(
                                    words.get(0),
                                    SourceState.valueOf(words.get(1)),
                                    Duration.ofSeconds(Long.parseLong(words.get(2))),
                                    rest(words, 3)));
            case "signals-shed" ->
                    Optional.of(
                            new SignalsShed(
                                    words.get(0), Long.parseLong(words.get(1)), words.get(2)));
            case "snapshot-begun" -> Optional.of(new SnapshotBegun(words.getFirst()));
            case "snapshot-completed" ->
                    Optional.of(
                            new SnapshotCompleted(words.getFirst(), Long.parseLong(words.get(1))));
            case "advance" -> Optional.empty();
            default -> throw new IllegalArgumentException("no such verb: " + verb);
        };
    }

    /** {@code Pod/shop/checkout-1 Pod/shop/cart-1 TCP 8080 EGRESS DENIED 12}. */
    private static FlowSeen flow(List<String> words, Instant at) {
        var verdict = FlowVerdict.valueOf(words.get(5));
        return new FlowSeen(
                end(words.get(0)),
                end(words.get(1)),
                words.get(2),
                Integer.parseInt(words.get(3)),
                Direction.valueOf(words.get(4)),
                verdict,
                verdict == FlowVerdict.DENIED ? "POLICY_DENIED" : "",
                List.of(),
                Long.parseLong(words.get(6)),
                at,
                at);
    }

    private static FlowEnd end(String word) {
        if (!word.startsWith("Pod/")) {
            return new FlowEnd("", "", word);
        }
        var pod = ResourceRef.parse(word);
        return new FlowEnd(pod.namespace(), pod.name(), "");
    }

    private static String rest(List<String> words, int from) {
        return String.join(" ", words.subList(from, words.size()));
    }

    private ObjectSeen seen(List<String> words, List<String> below, Instant at) {
        var ref = ResourceRef.parse(words.getFirst());
        var by = "kubectl-edit";
        var written = at;
        for (var word = 1; word + 1 < words.size(); word += 2) {
            switch (words.get(word)) {
                case "like" -> world.like(ref, ResourceRef.parse(words.get(word + 1)), at);
                case "is" -> Shorthands.apply(words.get(word + 1), world.at(ref, at), at);
                case "by" -> by = words.get(word + 1);
                case "written" -> written = Instant.parse(words.get(word + 1));
                default -> throw new IllegalArgumentException("cannot read: " + words);
            }
        }
        var tree = world.at(ref, at);
        for (var assignment : below) {
            var equals = assignment.indexOf(" = ");
            var value = assignment.substring(equals + 3).strip().replace("$now", at.toString());
            tree.set(assignment.substring(0, equals).strip(), Json.read(value));
        }
        return new ObjectSeen(world.seen(ref, by, written));
    }

    private EventReported event(List<String> words, Instant at) {
        var ref = ResourceRef.parse(words.getFirst());
        return new EventReported(
                ref,
                world.uid(ref),
                "spec.containers{app}",
                true,
                words.get(1),
                rest(words, 2),
                1,
                at,
                at,
                "kubelet");
    }
}
