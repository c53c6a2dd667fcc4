package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who owns which fields of an object, read from and written to its {@code managedFields}. */
final class ManagedFields {
    private final List<Entry> entries = new ArrayList<>();

    /** One owner and its fields. */
    private static final class Entry {
        final FieldManager manager;
        final String apiVersion;
        String time;
        Set<FieldPath> fields;

        Entry(FieldManager manager, String apiVersion, String time, Set<FieldPath> fields) {
            this.manager = manager;
            this.apiVersion = apiVersion;
            this.time = time;
            this.fields = fields;
        }
    }

    private ManagedFields() {}

    static ManagedFields of(KubeObject object) {
        var managed = new ManagedFields();
        for (var entry : object.at("metadata", "managedFields")) {
            var manager =
                    new FieldManager(
                            entry.path("manager").asText(),
                            entry.path("operation").asText().equals("Apply"),
                            entry.path("subresource").asText(""));
            managed.entries.add(
                    new Entry(
                            manager,
                            entry.path("apiVersion").asText(),
                            entry.path("time").asText(),
                            FieldSet.read(entry.path("fieldsV1"))));
        }
        return managed;
    }

    /** Gives the fields that an update wrote to the updater, and takes them from all others. */
    static ObjectNode afterUpdate(
            KubeObject before, KubeObject after, FieldManager manager, Instant now) {
        var managed = of(before);
        var step = FieldChanges.between(before, after);
        managed.entries.forEach(entry -> entry.fields.removeAll(step.removed()));
        if (!step.written().isEmpty()) {
            managed.take(step.written(), manager);
            var mine = managed.entry(manager, after);
            mine.fields.addAll(step.written());
            mine.time = Json.time(now);
        }
        return managed.writtenTo(after);
    }

    /** The fields this manager applied last. */
    Set<FieldPath> appliedBy(FieldManager manager) {
        return entries.stream()
                .filter(entry -> entry.manager.equals(manager))
                .findFirst()
                .map(entry -> entry.fields)
                .orElse(Set.of());
    }

    /** Whether anyone but this manager owns the field. */
    boolean othersOwn(FieldPath field, FieldManager manager) {
        return entries.stream()
                .anyMatch(e -> !e.manager.equals(manager) && e.fields.contains(field));
    }

    /** Whose fields a write would change, in order of manager and field. */
    List<Refusal.Cause> conflicts(Set<FieldPath> written, FieldManager manager) {
        var found = new ArrayList<Refusal.Cause>();
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(entry -> entry.manager.name()));
        for (var entry : sorted) {
            if (!entry.manager.equals(manager)) {
                entry.fields.stream()
                        .filter(written::contains)
                        .map(field -> conflict(entry, field))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Refusal.Cause conflict(Entry entry, FieldPath field) {
        var who = "\"" + entry.manager.name() + "\"";
        if (!entry.manager.subresource().isEmpty()) {
            who += " with subresource \"" + entry.manager.subresource() + "\"";
        }
        if (!entry.manager.apply()) {
            who += " using " + entry.apiVersion;
        }
        return new Refusal.Cause("FieldManagerConflict", "conflict with " + who, field.shown());
    }

    /** Takes fields from every manager but one. */
    void take(Set<FieldPath> fields, FieldManager except) {
        entries.stream()
                .filter(entry -> !entry.manager.equals(except))
                .forEach(entry -> entry.fields.removeAll(fields));
    }

    /**
     * Sets what a manager applied; the time changes only with the fields or their values.
     *
     * @param written fields that got another value
     */
    void applied(
            Set<FieldPath> fields,
            Set<FieldPath> written,
            FieldManager manager,
            KubeObject object,
            Instant now) {
        var mine = entry(manager, object);
        if (!mine.fields.equals(fields) || !written.isEmpty()) {
            mine.fields = new TreeSet<>(fields);
            mine.time = Json.time(now);
        }
    }

    /** The tree of the object with this ownership written into it. */
    ObjectNode writtenTo(KubeObject object) {
        var tree = object.tree().deepCopy();
        var list = Json.ensure(tree, "metadata").putArray("managedFields");
        for (var entry : entries) {
            if (entry.fields.isEmpty()) {
                continue;
            }
            var node = list.addObject();
            node.put("apiVersion", entry.apiVersion).put("fieldsType", "FieldsV1");
            node.set("fieldsV1", FieldSet.write(entry.fields));
            node.put("manager", entry.manager.name());
            node.put("operation", entry.manager.apply() ? "Apply" : "Update");
            if (!entry.manager.subresource().isEmpty()) {
                node.put("subresource", entry.manager.subresource());
            }
            node.put("time", entry.time);
        }
        return tree;
    }

    private Entry entry(FieldManager manager, KubeObject object) {
        for (var entry : entries) {
            if (entry.manager.equals(manager)) {
                return entry;
            }
        }
        var made = new Entry(manager, object.type().apiVersion(), "", new TreeSet<>());
        entries.add(made);
        return made;
    }
}
