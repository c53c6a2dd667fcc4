package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.Journal.Kind;

/** How kinds of journal entries are written in rows; never renumbered. */
final class KindCode {
    private KindCode() {}

    static short of(Kind kind) {
        return switch (kind) {
            case BATCH -> 1;
            case INPUT -> 2;
        };
    }

    static Kind kind(short code) {
        return switch (code) {
            case 1 -> Kind.BATCH;
            case 2 -> Kind.INPUT;
            default ->
                    throw new IllegalStateException(
                            "a newer version wrote a journal entry of kind %d: run that version"
                                    .formatted(code));
        };
    }
}
