package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.signal.Fields;

/** One field that a fix sets. */
public record Edit(FieldPath path, Fields value) {
    static Edit of(String path, Object value) {
        return new Edit(FieldPath.parse(path), Fields.of(value));
    }
}
