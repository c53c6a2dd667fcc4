package dev.kestrel.domain.rca;

import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.topology.Change;

import java.util.Locale;
import java.util.stream.Collectors;

/** Makes evidence of a change. */
final class ChangeEvidence {
    private static final int MOST_FIELDS = 4;

    private ChangeEvidence() {}

    static Evidence of(Change change) {
        return new Evidence(
                "change/" + change.of() + "/" + change.at().toEpochMilli(),
                change.of(),
                change.at(),
                Evidence.Origin.CHANGE,
                summary(change),
                fields(change));
    }

    /** One line for people. */
    static String summary(Change change) {
        var by = change.by().isEmpty() ? "" : " by " + change.by();
        var paths =
                change.fields().stream()
                        .limit(MOST_FIELDS)
                        .map(Change.FieldChange::path)
                        .collect(Collectors.joining(", "));
        return "%s was %s%s shortly before%s"
                .formatted(
                        change.of(),
                        change.kind().name().toLowerCase(Locale.ROOT),
                        by,
                        paths.isEmpty() ? "" : ": " + paths);
    }

    private static String fields(Change change) {
        return change.fields().stream()
                .limit(MOST_FIELDS)
                .map(field -> "%s: %s -> %s".formatted(field.path(), field.before(), field.after()))
                .collect(Collectors.joining("\n"));
    }
}
