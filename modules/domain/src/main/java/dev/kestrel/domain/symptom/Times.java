package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.Fields;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads times as Kubernetes writes them; a broken one is none. */
public final class Times {
    private Times() {}

    public static Optional<Instant> read(Fields time) {
        var text = time.text();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
