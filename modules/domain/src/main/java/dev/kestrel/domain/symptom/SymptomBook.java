package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom.State;
import dev.kestrel.domain.symptom.SymptomDefaults.Limits;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the life of every symptom of a cluster. Single writer, no clock. Call {@link #advance} up
 * to a signal's time before the topology takes the signal in: then the outcome depends on the
 * signals alone.
 */
public final class SymptomBook {
    private final Limits limits;
    private final Lives lives = new Lives();
    private final Timers timers = new Timers();
    private final Startups startups;
    private final Passages passages;
    private final Recollection recollection;
    private final Set<SymptomKey> pinned = new HashSet<>();
    private final Course course;
    private long refused;

    /** With the limits that production uses. */
    public SymptomBook() {
        this(SymptomDefaults.LIMITS);
    }

    public SymptomBook(Limits limits) {
        this.limits = limits;
        startups = new Startups(limits.known());
        passages = new Passages(limits.known());
        recollection = new Recollection(limits.known());
        course = new Course(timers, startups, new Belief(lives, passages), pinned, lives);
    }

    /** Takes in a sample, after firing what was due by then. */
    public List<SymptomChange> on(Sample sample, Topology topology) {
        var changes = new ArrayList<>(advance(sample.at(), topology));
        passages.note(sample);
        var known = lives.find(sample.key());
        if (sample.bad()) {
            var life = known.isPresent() ? known : begin(sample);
            life.ifPresent(each -> changes.addAll(raise(each, sample, topology)));
        } else {
            known.ifPresent(life -> changes.addAll(course.good(life, sample, topology)));
            if (known.isEmpty() || known.get().isOver()) {
                recollection.note(sample.key(), sample.at());
            }
        }
        changes.addAll(course.echo(sample.key(), sample.at(), topology));
        changes.addAll(course.passed(sample));
        return changes;
    }

    private Optional<Life> begin(Sample sample) {
        if (lives.size() >= limits.symptoms()) {
            refused++;
            return Optional.empty();
        }
        var life = new Life(sample.key(), sample.kind(), sample.at());
        lives.put(life);
        return Optional.of(life);
    }

    private List<SymptomChange> raise(Life life, Sample sample, Topology topology) {
        var lastGood = recollection.last(sample.key());
        var fresh = life.state == State.CLEARED;
        if (fresh) {
            life.begin(
                    sample,
                    lastGood.filter(good -> good.isBefore(sample.at()))
                            .orElseGet(() -> Seniority.settled(sample, topology)));
        }
        var instances = topology.instanceCount(sample.key().about());
        if (!life.sight(sample, limits.instances(), instances)) {
            return List.of();
        }
        return fresh
                ? course.begin(life, sample, lastGood.isEmpty(), topology)
                : course.bad(life, sample, topology);
    }

    /** Fires due timers in the order they were due, each at its own time. */
    public List<SymptomChange> advance(Instant now, Topology topology) {
        var changes = new ArrayList<SymptomChange>();
        for (var next = timers.next(); next.isPresent(); next = timers.next()) {
            var due = next.get();
            if (due.isAfter(now)) {
                break;
            }
            var key = timers.first();
            var life = lives.find(key).orElseThrow();
            timers.cancel(life);
            changes.addAll(course.fire(life, due, topology));
            changes.addAll(course.echo(key, due, topology));
            if (life.isOver() && life.due.equals(Life.NEVER)) {
                lives.remove(key);
            }
        }
        return changes;
    }

    public Optional<Instant> nextDue() {
        return timers.next();
    }

    /** Symptoms that count in reasoning, sorted by key. */
    public List<Symptom> live() {
        return all().stream().filter(Symptom::isLive).toList();
    }

    /** Also those that are pending, ambient, void or lately over. */
    public List<Symptom> all() {
        return lives.all().stream().map(Life::symptom).toList();
    }

    public Optional<Symptom> find(SymptomKey key) {
        return lives.find(key).map(Life::symptom);
    }

    /** Symptoms of an open incident do not become ambient by age. */
    public void pin(SymptomKey key) {
        pinned.add(key);
    }

    public void unpin(SymptomKey key) {
        pinned.remove(key);
    }

    /** Symptoms that were not taken in because the book was full. */
    public long refused() {
        return refused;
    }

    public Snapshot snapshot() {
        return new Snapshot(
                lives.all().stream().map(Life::save).toList(),
                startups.learnt(),
                passages.reached(),
                recollection.all(),
                pinned.stream().sorted().toList(),
                refused);
    }

    /** Goes on where the snapshot was taken, with the limits that production uses. */
    public static SymptomBook restore(Snapshot snapshot) {
        var book = new SymptomBook();
        for (var saved : snapshot.lives()) {
            var life = Life.restore(saved);
            book.lives.put(life);
            book.timers.set(life, saved.due());
        }
        book.startups.restore(snapshot.learnt());
        book.passages.restore(snapshot.reached());
        book.recollection.restore(snapshot.good());
        book.pinned.addAll(snapshot.pinned());
        book.refused = snapshot.refused();
        return book;
    }

    /** Everything that must survive a restart. */
    public record Snapshot(
            List<Saved> lives,
            List<Learnt> learnt,
            List<Reached> reached,
            List<Good> good,
            List<SymptomKey> pinned,
            long refused) {
        public Snapshot {
            lives = List.copyOf(lives);
            learnt = List.copyOf(learnt);
            reached = List.copyOf(reached);
            good = List.copyOf(good);
            pinned = List.copyOf(pinned);
        }
    }

    /** A symptom's life; {@link Life} says what each means. */
    public record Saved(
            Symptom symptom,
            Sample.Kind kind,
            Instant due,
            Instant ambientDue,
            int hits,
            int instances,
            boolean seeding,
            int restlessness,
            List<Sighting> bad,
            List<ResourceRef> recovered) {
        public Saved {
            bad = List.copyOf(bad);
            recovered = List.copyOf(recovered);
        }
    }

    /** An instance that shows a symptom, when it did last, and the template it runs. */
    public record Sighting(ResourceRef instance, Instant at, String template) {}

    /** How long a workload's pods took to become ready, oldest first. */
    public record Learnt(ResourceRef workload, List<Duration> times) {
        public Learnt {
            times = List.copyOf(times);
        }
    }

    /** An instance of the workload's template was at the stage then, and not later. */
    public record Reached(ResourceRef workload, String template, Stage stage, Instant at) {}

    /** A symptom that was looked for and not there. */
    public record Good(SymptomKey key, Instant at) {}
}
