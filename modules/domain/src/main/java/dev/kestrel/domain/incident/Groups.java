package dev.kestrel.domain.incident;

import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The incidents of a cluster, open and lately closed, and which symptom is in which. */
public final class Groups {
    private final String prefix;
    private final CorrelationParameters.Limits limits;
    private final TreeMap<Long, Group> open = new TreeMap<>();
    private final TreeMap<Long, Group> closed = new TreeMap<>();
    private final Map<SymptomKey, Group> bySymptom = new HashMap<>();
    private final TreeSet<String> apart = new TreeSet<>();
    private long created;
    private long dropped;

    Groups(String prefix, CorrelationParameters.Limits limits) {
        this.prefix = prefix;
        this.limits = limits;
    }

    /** What a checkpoint keeps. */
    public record Kept(String prefix, long created, List<Group.Kept> groups, List<String> apart) {
        public Kept {
            groups = List.copyOf(groups);
            apart = List.copyOf(apart);
        }
    }

    Kept keep() {
        var all = new ArrayList<Group.Kept>();
        open.values().forEach(group -> all.add(group.keep()));
        closed.values().forEach(group -> all.add(group.keep()));
        return new Kept(prefix, created, all, List.copyOf(apart));
    }

    static Groups restore(Kept kept, CorrelationParameters.Limits limits) {
        var groups = new Groups(kept.prefix(), limits);
        groups.created = kept.created();
        groups.apart.addAll(kept.apart());
        for (var one : kept.groups()) {
            var group = Group.of(one);
            var where = group.closedAt().equals(Instant.MAX) ? groups.open : groups.closed;
            where.put(group.sequence, group);
            group.members().forEach(member -> groups.bySymptom.put(member.key(), group));
        }
        return groups;
    }

    /** Oldest first. */
    Collection<Group> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    Collection<Group> closed() {
        return Collections.unmodifiableCollection(closed.values());
    }

    /** The open incident of that id. */
    Optional<Group> find(String id) {
        return open.values().stream().filter(group -> group.id.equals(id)).findFirst();
    }

    Optional<Group> of(SymptomKey key) {
        return Optional.ofNullable(bySymptom.get(key));
    }

    boolean isFull() {
        var full = open.size() >= limits.incidents();
        dropped += full ? 1 : 0;
        return full;
    }

    Group create() {
        created++;
        var group = new Group(prefix + "-" + created, created);
        open.put(group.sequence, group);
        return group;
    }

    /** False when the incident has as many symptoms as it may have. */
    boolean attach(Group group, Member member) {
        if (group.members().size() >= limits.symptoms()) {
            dropped++;
            return false;
        }
        group.put(member);
        bySymptom.put(member.key(), group);
        return true;
    }

    void detach(Group group, SymptomKey key) {
        group.remove(key);
        bySymptom.remove(key);
    }

    /** The older one stays; nothing happens to those that were split from each other. */
    List<CorrelationEvent> merge(Group one, Group other, String because, Instant at) {
        if (one == other || areApart(one, other) || !open.containsKey(other.sequence)) {
            return List.of();
        }
        var survivor = one.sequence < other.sequence ? one : other;
        var absorbed = one.sequence < other.sequence ? other : one;
        var events = new ArrayList<CorrelationEvent>();
        events.add(new CorrelationEvent.Merged(survivor.id, absorbed.id, because, at));
        for (var member : List.copyOf(absorbed.members())) {
            detach(absorbed, member.key());
            if (attach(survivor, member)) {
                events.add(new CorrelationEvent.Attached(survivor.id, member.key(), 1, "", at));
            }
        }
        if (survivor.isEmptied() && survivor.isFelt()) {
            survivor.filled(at);
        }
        open.remove(absorbed.sequence);
        return events;
    }

    /** Moves symptoms into an incident of their own; the two are never merged again. */
    List<CorrelationEvent> split(
            Group parent, List<SymptomKey> leaving, String because, Instant at) {
        var child = create();
        apart.add(pair(parent, child));
        var events = new ArrayList<CorrelationEvent>();
        events.add(new CorrelationEvent.Split(parent.id, child.id, leaving, because, at));
        events.add(new CorrelationEvent.Opened(child.id, leaving.getFirst(), at));
        for (var key : leaving) {
            var member = parent.member(key).orElseThrow();
            detach(parent, key);
            attach(child, member);
            events.add(new CorrelationEvent.Attached(child.id, key, 1, because, at));
        }
        return events;
    }

    boolean areApart(Group one, Group other) {
        return apart.contains(pair(one, other));
    }

    private static String pair(Group one, Group other) {
        return one.sequence < other.sequence ? one.id + " " + other.id : other.id + " " + one.id;
    }

    void close(Group group, Instant at) {
        group.close(at);
        open.remove(group.sequence);
        closed.put(group.sequence, group);
        while (closed.size() > limits.closed()) {
            forget(closed.firstEntry().getValue());
            dropped++;
        }
    }

    void reopen(Group group) {
        group.reopen();
        closed.remove(group.sequence);
        open.put(group.sequence, group);
    }

    /** Forgets what was closed by then. */
    void forget(Instant closedBy) {
        closed.values().stream()
                .filter(group -> !group.closedAt().isAfter(closedBy))
                .toList()
                .forEach(this::forget);
    }

    private void forget(Group group) {
        closed.remove(group.sequence);
        group.members().forEach(member -> bySymptom.remove(member.key(), group));
        apart.removeIf(pair -> pair.startsWith(group.id + " ") || pair.endsWith(" " + group.id));
    }

    long dropped() {
        return dropped;
    }
}
