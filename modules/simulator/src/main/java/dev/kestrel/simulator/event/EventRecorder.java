package dev.kestrel.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Refusal;
import dev.kestrel.simulator.write.Registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes events as client-go's correlator does: repeats are counted on one object, many messages of
 * one reason become "(combined from similar events)", and a source that says too much about one
 * object is silenced.
 */
public final class EventRecorder {
    private static final int AGGREGATE_AFTER = 10;
    private static final Duration AGGREGATE_WITHIN = Duration.ofMinutes(10);
    private static final int SPAM_BURST = 25;
    private static final Duration SPAM_REFILL = Duration.ofMinutes(5);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MEMORY = 4096;

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final ObjectStore store;
    private final Registry registry;
    private final InstantSource clock;
    private final Map<String, Similar> similar = new Recent<>();
    private final Map<String, String> names = new Recent<>();
    private final Map<String, Allowance> allowances = new Recent<>();
    private long silenced;

    /** Messages of one reason seen lately. */
    private static final class Similar {
        Set<String> messages = new HashSet<>();
        Instant last = Instant.MIN;
    }

    /** What a source may still say about one object. */
    private static final class Allowance {
        double tokens = SPAM_BURST;
        Instant last;

        Allowance(Instant now) {
            last = now;
        }

        boolean take(Instant now) {
            double earned =
                    Duration.between(last, now).toMillis() / (double) SPAM_REFILL.toMillis();
            tokens = Math.min(SPAM_BURST, tokens + earned);
            last = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    /** Forgets the least recently used entry when it is full. */
    private static final class Recent<V> extends LinkedHashMap<String, V> {
        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MEMORY;
        }
    }

    public EventRecorder(ObjectStore store, Registry registry, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    /** How many occurrences the spam filter has dropped. */
    public long silenced() {
        return silenced;
    }

    public void record(Occurrence occurrence) {
        var now = clock.instant();
        var aggregate = isOneOfMany(occurrence, now);
        if (!allowances.computeIfAbsent(occurrence.spamKey(), _ -> new Allowance(now)).take(now)) {
            silenced++;
            return;
        }
        var key = aggregate ? occurrence.aggregateKey() : occurrence.eventKey();
        var message =
                aggregate
                        ? "(combined from similar events): " + occurrence.message()
                        : occurrence.message();
        var known = names.getOrDefault(key, "");
        var at = new ResourceKey(ResourceTypes.EVENT, occurrence.namespace(), known);
        store.get(at)
                .ifPresentOrElse(
                        event -> count(event, message, now),
                        () -> names.put(key, first(occurrence, message, now)));
    }

    private boolean isOneOfMany(Occurrence occurrence, Instant now) {
        var seen = similar.computeIfAbsent(occurrence.aggregateKey(), _ -> new Similar());
        if (seen.last.isBefore(now.minus(AGGREGATE_WITHIN))) {
            seen.messages.clear();
        }
        seen.last = now;
        if (seen.messages.size() < AGGREGATE_AFTER) {
            seen.messages.add(occurrence.message());
        }
        return seen.messages.size() >= AGGREGATE_AFTER;
    }

    private void count(KubeObject event, String message, Instant now) {
        registry.edit(
                event.key(),
                FieldManager.update(event.text("source", "component")),
                tree -> {
                    tree.put("count", event.number("count") + 1);
                    tree.put("message", message).put("lastTimestamp", Json.time(now));
                });
    }

    private String first(Occurrence occurrence, String message, Instant now) {
        var event = Json.object();
        var name = freeName(occurrence, now);
        event.putObject("metadata").put("name", name).put("namespace", occurrence.namespace());
        event.set("involvedObject", occurrence.involved());
        event.put("reason", occurrence.reason()).put("message", message);
        event.putObject("source").put("component", occurrence.source().component());
        if (!occurrence.source().host().isEmpty()) {
            Json.ensure(event, "source").put("host", occurrence.source().host());
        }
        event.put("firstTimestamp", Json.time(now)).put("lastTimestamp", Json.time(now));
        event.put("count", 1).put("type", occurrence.type()).putNull("eventTime");
        event.put("reportingComponent", occurrence.source().component());
        event.put("reportingInstance", occurrence.source().host());
        write(event, occurrence.source().component());
        return name;
    }

    private String freeName(Occurrence occurrence, Instant now) {
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        while (true) {
            var name = occurrence.about().name() + "." + Long.toHexString(nanos++);
            var key = new ResourceKey(ResourceTypes.EVENT, occurrence.namespace(), name);
            if (store.get(key).isEmpty()) {
                return name;
            }
        }
    }

    /**
     * Writes one event of the newer kind, which the scheduler uses: times with microseconds, an
     * action, and a series instead of a count.
     */
    public void recordWithSeries(Occurrence occurrence, String action) {
        var now = clock.instant();
        var known = names.getOrDefault(occurrence.eventKey(), "");
        var at = new ResourceKey(ResourceTypes.EVENT, occurrence.namespace(), known);
        store.get(at)
                .ifPresentOrElse(
                        event -> repeat(event, now),
                        () -> names.put(occurrence.eventKey(), opening(occurrence, action, now)));
    }

    /** client-go writes the first repeat at once and further ones only every six minutes. */
    private void repeat(KubeObject event, Instant now) {
        int count = event.number("series", "count");
        var last = event.text("series", "lastObservedTime");
        var due = last.isEmpty() || Instant.parse(last).plus(Duration.ofMinutes(6)).isBefore(now);
        if (due) {
            registry.edit(
                    event.key(),
                    FieldManager.update(event.text("reportingComponent")),
                    tree -> {
                        var series = Json.ensure(tree, "series");
                        series.put("count", Math.max(2, count + 1));
                        series.put("lastObservedTime", micros(now));
                    });
        }
    }

    private String opening(Occurrence occurrence, String action, Instant now) {
        var event = Json.object();
        var name = freeName(occurrence, now);
        event.putObject("metadata").put("name", name).put("namespace", occurrence.namespace());
        event.set("involvedObject", occurrence.involved());
        event.put("reason", occurrence.reason()).put("message", occurrence.message());
        event.putObject("source");
        event.putNull("firstTimestamp").putNull("lastTimestamp");
        event.put("type", occurrence.type()).put("eventTime", micros(now)).put("action", action);
        event.put("reportingComponent", occurrence.source().component());
        event.put("reportingInstance", occurrence.source().component() + "-control-plane");
        write(event, occurrence.source().component());
        return name;
    }

    private static String micros(Instant at) {
        return MICROS.format(at);
    }

    /** An event that cannot be written is dropped, as client-go drops it. */
    private void write(ObjectNode event, String component) {
        try {
            registry.create(ResourceTypes.EVENT, event, FieldManager.update(component), false);
        } catch (Refusal _) {
            silenced++;
        }
    }

    /** Removes events nobody has repeated for an hour. */
    public void expire() {
        var oldest = clock.instant().minus(LIFETIME);
        for (var event : store.list(ResourceTypes.EVENT)) {
            var last = event.text("lastTimestamp");
            var at = last.isEmpty() || last.equals("null") ? event.created() : Instant.parse(last);
            if (at.isBefore(oldest)) {
                registry.remove(event.key());
            }
        }
    }
}
