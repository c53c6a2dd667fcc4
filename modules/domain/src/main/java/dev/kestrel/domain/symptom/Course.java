package dev.kestrel.domain.symptom;

import dev.kestrel.domain.symptom.Seniority.Age;
import dev.kestrel.domain.symptom.Symptom.State;
import dev.kestrel.domain.symptom.SymptomChange.Reason;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The transitions of a symptom's life. */
final class Course {
    private final Timers timers;
    private final Startups startups;
    private final Belief belief;
    private final Set<SymptomKey> pinned;
    private final Lives lives;

    Course(Timers timers, Startups startups, Belief belief, Set<SymptomKey> pinned, Lives lives) {
        this.timers = timers;
        this.startups = startups;
        this.belief = belief;
        this.pinned = pinned;
        this.lives = lives;
    }

    /** First sight. */
    List<SymptomChange> begin(Life life, Sample sample, boolean neverGood, Topology topology) {
        var at = sample.at();
        var age = life.isEdge() ? Age.YOUNG : Seniority.onFirstSight(sample, neverGood, topology);
        return switch (age) {
            case OLD -> List.of(life.become(State.AMBIENT, Reason.OLDER_THAN_INCIDENT, at));
            case UNKNOWN -> {
                life.seeding = true;
                timers.set(life, at.plus(SymptomDefaults.SEEDING));
                yield List.of(life.become(State.PENDING, Reason.SEEN, at));
            }
            case YOUNG -> pend(life, Reason.SEEN, at, topology);
        };
    }

    private List<SymptomChange> pend(Life life, Reason reason, Instant at, Topology topology) {
        var until = new Forbearance(topology, startups).until(life, Belief.windows(life), at);
        if (!until.isAfter(at) && belief.isBelievable(life)) {
            return List.of(activate(life, reason, at));
        }
        timers.set(life, pending(life, until, at));
        return life.state == State.PENDING
                ? List.of()
                : List.of(life.become(State.PENDING, reason, at));
    }

    /** An edge that time alone does not make believable is waited for until it is forgotten. */
    private static Instant pending(Life life, Instant until, Instant at) {
        var forgotten = life.lastSeen.plus(Belief.windows(life).ttl());
        return life.isEdge() && (!until.isAfter(at) || until.isAfter(forgotten))
                ? forgotten
                : until;
    }

    private SymptomChange activate(Life life, Reason reason, Instant at) {
        if (life.ambientDue.equals(Life.NEVER)) {
            life.ambientDue = at.plus(SymptomDefaults.AMBIENT_AGE);
        } else if (!life.ambientDue.isAfter(at)) {
            life.ambientDue = at.plus(SymptomDefaults.SEEDING);
        }
        timers.set(life, activeDue(life));
        return life.become(State.ACTIVE, reason, at);
    }

    private static Instant activeDue(Life life) {
        var forgotten = life.lastSeen.plus(Belief.windows(life).ttl());
        return life.isEdge() && forgotten.isBefore(life.ambientDue) ? forgotten : life.ambientDue;
    }

    /** Seen again. */
    List<SymptomChange> bad(Life life, Sample sample, Topology topology) {
        var at = sample.at();
        return switch (life.state) {
            case PENDING ->
                    life.seeding ? List.of() : pend(life, Reason.HELD_LONG_ENOUGH, at, topology);
            case ACTIVE -> {
                timers.set(life, activeDue(life));
                yield List.of();
            }
            case CLEARING -> List.of(relapse(life, at));
            case FLAPPING -> {
                life.flapping = life.flapping.push(true);
                timers.set(life, at.plus(Belief.windows(life).clear()));
                yield List.of();
            }
            case AMBIENT -> {
                timers.set(
                        life,
                        life.isEdge()
                                ? life.lastSeen.plus(Belief.windows(life).ttl())
                                : Life.NEVER);
                yield List.of();
            }
            case VOID ->
                    belief.isBelievable(life)
                            ? List.of(activate(life, Reason.CAME_BACK, at))
                            : List.of();
            case CLEARED -> throw new IllegalStateException("begins instead: " + life.key);
        };
    }

    private SymptomChange relapse(Life life, Instant at) {
        life.flapping = life.flapping.push(true);
        if (life.flapping.isRestless()) {
            timers.set(life, at.plus(Belief.windows(life).clear()));
            return life.become(State.FLAPPING, Reason.TOGGLES, at);
        }
        return activate(life, Reason.CAME_BACK, at);
    }

    /** An instance does not show it, or is gone. */
    List<SymptomChange> good(Life life, Sample sample, Topology topology) {
        var at = sample.at();
        var gone = topology.find(sample.instance()).isEmpty();
        var shown = life.bad.get(sample.instance());
        if (shown == null || shown.at().isAfter(at)) {
            return gone ? hurry(life, sample) : List.of();
        }
        life.bad.remove(sample.instance());
        if (!gone) {
            life.recovered.add(sample.instance());
        }
        return life.bad.isEmpty() ? allGood(life, gone, at) : List.of();
    }

    /** What only instances showed that are gone by now need not prove itself for long. */
    private List<SymptomChange> hurry(Life life, Sample sample) {
        var was = life.recovered.remove(sample.instance());
        var soon = sample.at().plus(SymptomDefaults.AFTER_GONE);
        if (was
                && life.state == State.CLEARING
                && life.recovered.isEmpty()
                && soon.isBefore(life.due)) {
            timers.set(life, soon);
        }
        return List.of();
    }

    private List<SymptomChange> allGood(Life life, boolean gone, Instant at) {
        var nothingLeft = gone && life.recovered.isEmpty();
        var clear = Belief.windows(life).clear();
        var wait =
                nothingLeft && clear.compareTo(SymptomDefaults.AFTER_GONE) > 0
                        ? SymptomDefaults.AFTER_GONE
                        : clear;
        return switch (life.state) {
            case PENDING -> {
                learn(life, nothingLeft, at);
                var reason = nothingLeft ? Reason.RESOURCE_GONE : Reason.HEALED_WHILE_PENDING;
                life.flapping = life.flapping.push(false);
                yield List.of(over(life, reason, at));
            }
            case ACTIVE -> {
                life.flapping = life.flapping.push(false);
                timers.set(life, at.plus(wait));
                var reason = nothingLeft ? Reason.RESOURCE_GONE : Reason.LOOKS_GOOD;
                yield List.of(life.become(State.CLEARING, reason, at));
            }
            case FLAPPING, AMBIENT -> {
                life.flapping = life.flapping.push(false);
                timers.set(life, at.plus(wait));
                yield List.of();
            }
            case CLEARING, VOID, CLEARED -> List.of();
        };
    }

    private void learn(Life life, boolean gone, Instant at) {
        if (!gone && life.key.type().equals("pod.not_ready.some")) {
            startups.learn(life.key.about(), Duration.between(life.onsetLatest, at));
        }
    }

    private SymptomChange over(Life life, Reason reason, Instant at) {
        timers.set(life, at.plus(SymptomDefaults.MEMORY));
        return life.become(State.CLEARED, reason, at);
    }

    /** A timer is due; it is no longer set. */
    List<SymptomChange> fire(Life life, Instant due, Topology topology) {
        return switch (life.state) {
            case PENDING -> firePending(life, due);
            case ACTIVE -> fireActive(life, due, topology);
            case CLEARING, AMBIENT ->
                    List.of(
                            over(
                                    life,
                                    life.isEdge() && !life.bad.isEmpty()
                                            ? Reason.TIME_PASSED
                                            : Reason.STAYED_GOOD,
                                    due));
            case FLAPPING -> fireFlapping(life, due);
            case VOID, CLEARED -> List.of();
        };
    }

    private List<SymptomChange> firePending(Life life, Instant due) {
        if (life.seeding) {
            return List.of(life.become(State.AMBIENT, Reason.OLDER_THAN_INCIDENT, due));
        }
        if (belief.isBelievable(life)) {
            life.flapping = life.flapping.push(true);
            return List.of(activate(life, Reason.HELD_LONG_ENOUGH, due));
        }
        var forgotten = life.lastSeen.plus(Belief.windows(life).ttl());
        if (due.isBefore(forgotten)) {
            timers.set(life, forgotten);
            return List.of();
        }
        return List.of(over(life, Reason.TIME_PASSED, due));
    }

    private List<SymptomChange> fireActive(Life life, Instant due, Topology topology) {
        if (life.isEdge() && !due.isBefore(life.lastSeen.plus(Belief.windows(life).ttl()))) {
            return List.of(over(life, Reason.TIME_PASSED, due));
        }
        if (pinned.contains(life.key)
                || Seniority.hasChangedSince(life.key, life.onsetLatest, topology)) {
            life.ambientDue = due.plus(SymptomDefaults.SEEDING);
            timers.set(life, activeDue(life));
            return List.of();
        }
        timers.set(
                life, life.isEdge() ? life.lastSeen.plus(Belief.windows(life).ttl()) : Life.NEVER);
        return List.of(life.become(State.AMBIENT, Reason.OLDER_THAN_INCIDENT, due));
    }

    private List<SymptomChange> fireFlapping(Life life, Instant due) {
        var isBad = !life.bad.isEmpty();
        life.flapping = life.flapping.push(isBad);
        if (life.flapping.isCalm()) {
            return List.of(
                    isBad
                            ? activate(life, Reason.HELD_LONG_ENOUGH, due)
                            : over(life, Reason.STAYED_GOOD, due));
        }
        timers.set(life, due.plus(Belief.windows(life).clear()));
        return List.of();
    }

    /** What a level's new state means for the edges that it can contradict. */
    List<SymptomChange> echo(SymptomKey level, Instant at, Topology topology) {
        var changes = new ArrayList<SymptomChange>();
        for (var type : SymptomDefaults.contradictedBy(level.type())) {
            lives.find(type, level.about())
                    .filter(Life::isEdge)
                    .ifPresent(edge -> changes.addAll(echo(edge, at, topology)));
        }
        return changes;
    }

    private List<SymptomChange> echo(Life edge, Instant at, Topology topology) {
        var agrees = belief.agrees(edge);
        return switch (edge.state) {
            case ACTIVE, FLAPPING, CLEARING ->
                    agrees ? List.of() : List.of(refute(edge, Reason.LEVEL_CONTRADICTS, at));
            case VOID ->
                    agrees && !belief.isPassed(edge)
                            ? List.of(activate(edge, Reason.CAME_BACK, at))
                            : List.of();
            case PENDING -> agrees ? pend(edge, Reason.HELD_LONG_ENOUGH, at, topology) : List.of();
            case AMBIENT, CLEARED -> List.of();
        };
    }

    /** Void until it is forgotten or the level agrees again. */
    private SymptomChange refute(Life life, Reason reason, Instant at) {
        var forgotten = life.lastSeen.plus(Belief.windows(life).ttl());
        timers.set(life, forgotten.isAfter(at) ? forgotten : at);
        return life.become(State.VOID, reason, at);
    }

    /** Edges of an earlier stage, of the template whose instance a sample saw farther on. */
    List<SymptomChange> passed(Sample sample) {
        if (sample.template().isEmpty() || sample.stage() == Stage.NONE) {
            return List.of();
        }
        return lives.about(sample.key().about()).stream()
                .filter(Life::isEdge)
                .filter(life -> life.state == State.ACTIVE || life.state == State.PENDING)
                .filter(belief::isPassed)
                .map(life -> refute(life, Reason.LATER_STAGE_REACHED, sample.at()))
                .toList();
    }
}
