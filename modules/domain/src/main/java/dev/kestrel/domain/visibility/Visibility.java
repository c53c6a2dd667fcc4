package dev.kestrel.domain.visibility;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How much of a cluster can be seen at the moment. Single writer, no clock. */
public final class Visibility {
    /** An operator has a few dozen sources; a broken one must not fill the memory. */
    static final int SOURCE_LIMIT = 256;

    private final TreeMap<String, Source> sources = new TreeMap<>();
    private final Map<String, Window> windows = new HashMap<>();
    private final Map<String, LeftOut> leftOut = new TreeMap<>();
    private boolean open;
    private Instant since = Instant.EPOCH;
    private long refused;

    /** Takes in a signal: what a source says of itself, and that it says something at all. */
    public void on(Signal signal) {
        var at = signal.observedAt();
        switch (signal.observation()) {
            case Observation.ObjectSeen seen -> came("watch/" + seen.object().ref().kind(), at);
            case Observation.ObjectGone gone -> came("watch/" + gone.ref().kind(), at);
            case Observation.EventReported _ -> came("watch/Event", at);
            case Observation.LogLine _ -> came("logs", at);
            case Observation.FlowSeen _ -> came("flows", at);
            case Observation.SourceReported reported -> reported(reported, at);
            case Observation.SignalsShed shed -> shed(shed, at);
            case Observation.SnapshotBegun _, Observation.SnapshotCompleted _ -> {}
        }
    }

    private void came(String source, Instant at) {
        window(source).ifPresent(window -> window.add(at, 1, 0));
    }

    private Optional<Window> window(String source) {
        if (!windows.containsKey(source) && windows.size() >= SOURCE_LIMIT) {
            refused++;
            return Optional.empty();
        }
        return Optional.of(windows.computeIfAbsent(source, missing -> new Window()));
    }

    private void reported(Observation.SourceReported report, Instant at) {
        if (!sources.containsKey(report.source()) && sources.size() >= SOURCE_LIMIT) {
            refused++;
            return;
        }
        var before = sources.get(report.source());
        sources.put(
                report.source(),
                new Source(
                        report.source(),
                        report.state(),
                        report.staleness(),
                        report.detail(),
                        at,
                        before == null ? 0 : before.shed()));
    }

    private void shed(Observation.SignalsShed shed, Instant at) {
        window(shed.source()).ifPresent(window -> window.add(at, 0, shed.count()));
        sources.computeIfPresent(
                shed.source(),
                (name, source) ->
                        new Source(
                                name,
                                source.state(),
                                source.staleness(),
                                source.detail(),
                                source.reportedAt(),
                                source.shed() + shed.count()));
    }

    /**
     * Of a source, so much is not kept because the cluster is larger than what is kept of one.
     *
     * @param objects left out; 0 once everything is kept again
     * @param kept of the same kind
     */
    public void leftOut(String source, long objects, long kept) {
        if (objects == 0) {
            leftOut.remove(source);
        } else {
            leftOut.put(source, new LeftOut(objects, kept));
        }
    }

    /** Sources of which something is left out. */
    public Set<String> leftOut() {
        return Set.copyOf(leftOut.keySet());
    }

    private record LeftOut(long objects, long kept) {
        private double share() {
            return (double) kept / (kept + objects);
        }
    }

    /** Says that the operator's stream is there or not. */
    public void connection(boolean isOpen, Instant at) {
        if (open != isOpen || since.equals(Instant.EPOCH)) {
            since = at;
        }
        open = isOpen;
    }

    /** From 0, blind, to 1, live and nothing shed. */
    public double of(String source, Instant now) {
        var known = sources.get(source);
        return open && known != null && known.state() == SourceState.LIVE ? share(source, now) : 0;
    }

    private double share(String source, Instant now) {
        var window = windows.get(source);
        var missing = leftOut.get(source);
        return (window == null ? 1 : window.share(now)) * (missing == null ? 1 : missing.share());
    }

    /** Mean over the sources that should be there; 0 while the operator is not connected. */
    public double overall(Instant now) {
        return sources.values().stream()
                .filter(source -> source.state() != SourceState.ABSENT)
                .mapToDouble(source -> of(source.name(), now))
                .average()
                .orElse(0);
    }

    /** What cannot be seen, in sentences for people. */
    public List<String> blind(Instant now) {
        if (!open) {
            return List.of(
                    since.equals(Instant.EPOCH)
                            ? "The operator has not connected yet: nothing can be seen."
                            : "The operator is not connected since %s: nothing can be seen."
                                    .formatted(since));
        }
        var sentences = new ArrayList<String>();
        sources.values().forEach(source -> sentence(source).ifPresent(sentences::add));
        leftOut.forEach(
                (name, missing) ->
                        sentences.add(
                                "%d objects of %s are left out: the cluster is larger than what is kept of one."
                                        .formatted(missing.objects(), name)));
        new TreeMap<>(windows)
                .forEach(
                        (name, window) -> {
                            if (window.shed(now) > 0) {
                                sentences.add(
                                        "%d signals of %s were dropped in the last %d minutes."
                                                .formatted(
                                                        window.shed(now),
                                                        name,
                                                        Window.LENGTH.toMinutes()));
                            }
                        });
        return sentences;
    }

    private static Optional<String> sentence(Source source) {
        var why = source.detail().isEmpty() ? "." : ": " + source.detail() + ".";
        return switch (source.state()) {
            case LIVE -> Optional.empty();
            case ABSENT ->
                    Optional.of("%s is not there in this cluster%s".formatted(source.name(), why));
            case STARTING -> Optional.of("%s is still starting%s".formatted(source.name(), why));
            case STALE ->
                    Optional.of(
                            "%s is behind by %s%s"
                                    .formatted(source.name(), words(source.staleness()), why));
        };
    }

    private static String words(Duration behind) {
        return behind.toMinutes() > 0
                ? behind.toMinutes() + " minutes"
                : behind.toSeconds() + " seconds";
    }

    /** Sorted by name. */
    public List<Source> sources() {
        return List.copyOf(sources.values());
    }

    /** Reports and signals of sources beyond the limit. */
    public long refused() {
        return refused;
    }

    public Snapshot snapshot() {
        var kept = new TreeMap<String, List<Minute>>();
        windows.forEach((name, window) -> kept.put(name, List.copyOf(window.minutes().values())));
        return new Snapshot(sources(), kept, open, since, refused);
    }

    /** Goes on where the snapshot was taken. */
    public static Visibility restore(Snapshot snapshot) {
        var visibility = new Visibility();
        snapshot.sources().forEach(source -> visibility.sources.put(source.name(), source));
        snapshot.windows()
                .forEach(
                        (name, minutes) -> {
                            var window = new Window();
                            minutes.forEach(
                                    each -> window.add(each.start(), each.came(), each.shed()));
                            visibility.windows.put(name, window);
                        });
        visibility.open = snapshot.open();
        visibility.since = snapshot.since();
        visibility.refused = snapshot.refused();
        return visibility;
    }

    /** Everything that must survive a restart. */
    public record Snapshot(
            List<Source> sources,
            Map<String, List<Minute>> windows,
            boolean open,
            Instant since,
            long refused) {
        public Snapshot {
            sources = List.copyOf(sources);
        }
    }

    /** What came and what was shed within one minute, counted from the epoch. */
    public record Minute(long minute, long came, long shed) {
        Instant start() {
            return Instant.ofEpochSecond(minute * 60);
        }

        Minute plus(Minute other) {
            return new Minute(minute, came + other.came, shed + other.shed);
        }
    }
}
