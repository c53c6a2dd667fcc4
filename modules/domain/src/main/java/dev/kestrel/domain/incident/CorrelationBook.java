package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.Anchors;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomChange;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which symptoms belong to one incident: those that share a possible cause. Time alone
 * never joins them. Single writer, no clock; equal inputs in equal order give equal ids.
 */
public final class CorrelationBook {
    private final CorrelationParameters parameters;
    private final Groups groups;
    private final Orphans orphans;
    private final Fit fit;

    /**
     * @param prefix first part of every incident id, for example {@code prod}; ids are {@code
     *     prod-1}, {@code prod-2}, …
     */
    public CorrelationBook(String prefix, CorrelationParameters parameters) {
        this(parameters, new Groups(prefix, parameters.limits()), new Orphans(parameters));
    }

    private CorrelationBook(CorrelationParameters parameters, Groups groups, Orphans orphans) {
        this.parameters = parameters;
        this.groups = groups;
        this.orphans = orphans;
        this.fit = new Fit(parameters, this::everybody);
    }

    private Stream<Member> everybody() {
        return Stream.concat(
                groups.open().stream()
                        .flatMap(group -> group.members().stream())
                        .filter(Member::live),
                orphans.all().stream());
    }

    /** Takes in that a symptom changed state, after {@link #advance} to that moment. */
    public List<CorrelationEvent> on(SymptomChange change, Topology topology, CausalModel model) {
        var symptom = change.symptom();
        return switch (symptom.state()) {
            case ACTIVE, FLAPPING -> onActive(symptom, change.at(), topology, model);
            case CLEARED -> onOver(symptom.key(), false, "", change.at());
            case VOID, AMBIENT ->
                    onOver(
                            symptom.key(),
                            true,
                            change.reason().name().toLowerCase(Locale.ROOT),
                            change.at());
            case PENDING, CLEARING -> List.of();
        };
    }

    private List<CorrelationEvent> onActive(
            Symptom symptom, Instant at, Topology topology, CausalModel model) {
        var known = groups.of(symptom.key());
        if (known.isPresent()) {
            return again(known.get(), symptom, at);
        }
        var fresh =
                new Member(
                        symptom.key(),
                        true,
                        model.isImpact(symptom.key().type()),
                        false,
                        symptom.onsetEarliest(),
                        symptom.onsetLatest(),
                        Anchors.of(symptom.key(), topology, model));
        orphans.remove(fresh.key());
        var events = new ArrayList<CorrelationEvent>();
        place(fresh, at, events);
        return events;
    }

    private List<CorrelationEvent> again(Group group, Symptom symptom, Instant at) {
        var before = group.member(symptom.key()).orElseThrow();
        group.put(before.live() ? before : before.again(symptom));
        var events = new ArrayList<CorrelationEvent>();
        if (!group.closedAt().equals(Instant.MAX)) {
            groups.reopen(group);
            events.add(new CorrelationEvent.Reopened(group.id, symptom.key(), at));
            events.add(new CorrelationEvent.Attached(group.id, symptom.key(), 1, "", at));
        } else if (group.isEmptied() && group.isFelt()) {
            group.filled(at);
            events.add(
                    new CorrelationEvent.Attached(group.id, symptom.key(), 1, "it came back", at));
        }
        return events;
    }

    private void place(Member fresh, Instant at, List<CorrelationEvent> events) {
        var match = fit.best(fresh, groups.open());
        if (match.isPresent() && match.get().score().score() >= parameters.attach()) {
            join(fresh, match.get(), at, events);
        } else if (groups.isFull()) {
            orphans.add(fresh, at);
        } else if (fresh.impact() || orphans.sharing(fresh) >= parameters.orphansToOpen()) {
            var group = groups.create();
            events.add(new CorrelationEvent.Opened(group.id, fresh.key(), at));
            attach(
                    fresh,
                    group,
                    new CorrelationEvent.Attached(group.id, fresh.key(), 1, "", at),
                    events);
        } else {
            orphans.add(fresh, at);
            return;
        }
        adopt(at, events);
        uniteAtHubs(fresh, at, events);
    }

    private void join(Member fresh, Fit.Match match, Instant at, List<CorrelationEvent> events) {
        var group = match.group();
        attach(
                fresh,
                group,
                new CorrelationEvent.Attached(
                        group.id,
                        fresh.key(),
                        Math.min(1, match.score().score()),
                        match.score().link(fresh),
                        at),
                events);
    }

    private void attach(
            Member fresh,
            Group group,
            CorrelationEvent.Attached attached,
            List<CorrelationEvent> events) {
        if (groups.attach(group, fresh)) {
            if (group.isEmptied() && group.isFelt()) {
                group.filled(attached.at());
            }
            events.add(attached);
        }
    }

    /** Symptoms that waited may fit an incident now. */
    private void adopt(Instant at, List<CorrelationEvent> events) {
        for (var orphan : orphans.all()) {
            fit.best(orphan, groups.open())
                    .filter(match -> match.score().score() >= parameters.attach())
                    .ifPresent(
                            match -> {
                                orphans.remove(orphan.key());
                                join(orphan, match, at, events);
                            });
        }
    }

    /** Incidents at one suspicious hub are one, unless a cause of their own was found for them. */
    private void uniteAtHubs(Member fresh, Instant at, List<CorrelationEvent> events) {
        for (var hub : fit.hotHubs(fresh)) {
            var there =
                    groups.open().stream()
                            .filter(
                                    group ->
                                            group.settled().isEmpty()
                                                    || group.settled().contains(hub))
                            .filter(
                                    group ->
                                            group.members().stream()
                                                    .anyMatch(m -> fit.isMostly(m, hub)))
                            .toList();
            for (int i = 1; i < there.size(); i++) {
                events.addAll(
                        groups.merge(
                                there.getFirst(), there.get(i), "both hang on " + hub.at(), at));
            }
        }
    }

    private List<CorrelationEvent> onOver(
            SymptomKey key, boolean withoutTrace, String because, Instant at) {
        orphans.remove(key);
        var found = groups.of(key).filter(group -> group.closedAt().equals(Instant.MAX));
        if (found.isEmpty()) {
            return List.of();
        }
        var group = found.get();
        var events = new ArrayList<CorrelationEvent>();
        var wasFelt = group.isFelt();
        if (withoutTrace) {
            groups.detach(group, key);
            events.add(new CorrelationEvent.Detached(group.id, key, because, at));
        } else {
            group.put(group.member(key).orElseThrow().over());
        }
        if (wasFelt && !group.isFelt()) {
            group.emptied(at);
            events.add(new CorrelationEvent.Emptied(group.id, at));
        }
        return events;
    }

    /**
     * Merges and splits in the light of what was concluded about an incident. {@link
     * CorrelationEvent.Attached} follows for every symptom that changes its incident.
     */
    public List<CorrelationEvent> diagnosed(
            String incident,
            Diagnosis diagnosis,
            Topology topology,
            CausalModel model,
            Instant at) {
        var regrouping = new Regrouping(groups, fit, parameters, model);
        return groups.find(incident)
                .map(group -> regrouping.of(group, diagnosis, at))
                .orElse(List.of());
    }

    /** Somebody closed an incident; it may come back like any other. */
    public void close(String incident, Instant at) {
        groups.find(incident).ifPresent(group -> groups.close(group, at));
    }

    /** Closes incidents that stayed empty, and forgets what is too old. */
    public List<CorrelationEvent> advance(Instant now) {
        var events = new ArrayList<CorrelationEvent>();
        for (var group : List.copyOf(groups.open())) {
            var due = group.closesAt(parameters);
            if (!due.isAfter(now)) {
                groups.close(group, due);
                events.add(new CorrelationEvent.Closed(group.id, due));
            }
        }
        orphans.forget(now);
        groups.forget(now.minus(parameters.reopen()));
        return events;
    }

    /** When {@link #advance} has something to do. */
    public Optional<Instant> nextDue() {
        return Stream.of(
                        groups.open().stream().map(group -> group.closesAt(parameters)),
                        groups.closed().stream().map(g -> g.closedAt().plus(parameters.reopen())),
                        orphans.due())
                .flatMap(due -> due)
                .filter(due -> due.isBefore(Instant.MAX))
                .min(Instant::compareTo);
    }

    /** Open incidents, oldest first. */
    public List<String> open() {
        return groups.open().stream().map(group -> group.id).toList();
    }

    /** Symptoms of an incident, sorted; also those that are over but not forgotten. */
    public List<SymptomKey> symptoms(String incident) {
        return groups.find(incident).stream()
                .flatMap(group -> group.members().stream())
                .map(Member::key)
                .toList();
    }

    /** The incident a symptom belongs to, open or lately closed. */
    public Optional<String> incidentOf(SymptomKey symptom) {
        return groups.of(symptom).map(group -> group.id);
    }

    /** Symptoms and incidents left out because of a limit. */
    public long dropped() {
        return groups.dropped() + orphans.dropped();
    }

    /** Everything that must survive a restart. */
    public Snapshot snapshot() {
        return new Snapshot(groups.keep(), orphans.keep());
    }

    /** The book as it was. */
    public static CorrelationBook restore(Snapshot snapshot, CorrelationParameters parameters) {
        return new CorrelationBook(
                parameters,
                Groups.restore(snapshot.groups(), parameters.limits()),
                Orphans.restore(snapshot.orphans(), parameters));
    }

    /** What a checkpoint keeps of the book. */
    public record Snapshot(Groups.Kept groups, List<Orphans.Orphan> orphans) {
        public Snapshot {
            orphans = List.copyOf(orphans);
        }
    }
}
