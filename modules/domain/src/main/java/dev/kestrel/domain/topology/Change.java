package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;

/**
 * Somebody changed a resource's specification.
 *
 * @param of the logical resource; for a pod template, the workload
 * @param by field manager that made it, for example {@code kubectl-edit}; may be empty
 * @param kind created, edited or deleted
 * @param fields which fields, with their old and new values; list entries named in brackets, as in
 *     {@code spec.template.spec.containers[app].image}
 */
public record Change(ResourceRef of, Instant at, String by, Kind kind, List<FieldChange> fields) {
    public Change {
        fields = List.copyOf(fields);
    }

    /** What was done to the resource. */
    public enum Kind {
        CREATED,
        EDITED,
        DELETED
    }

    /** One field, before and after; {@link Fields#ABSENT} where there was or is none. */
    public record FieldChange(String path, Fields before, Fields after) {}
}
