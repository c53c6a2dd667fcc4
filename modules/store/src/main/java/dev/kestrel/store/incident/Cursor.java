package dev.kestrel.store.incident;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The last incident of a page, as a text that callers pass back and do not look into. */
record Cursor(Instant openedAt, String id) {
    /** Before every incident. */
    static final Cursor START = new Cursor(Instant.parse("9999-12-31T23:59:59Z"), "");

    /**
     * @throws IllegalArgumentException when it is not one of ours
     */
    static Cursor parse(String text) {
        if (text.isEmpty()) {
            return START;
        }
        var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        var colon = plain.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        var micros = Long.parseLong(plain.substring(0, colon));
        var cursor =
                new Cursor(
                        Instant.EPOCH.plus(micros, ChronoUnit.MICROS), plain.substring(colon + 1));
        if (micros < 0 || cursor.openedAt.isAfter(START.openedAt) || plain.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        return cursor;
    }

    String text() {
        var plain = ChronoUnit.MICROS.between(Instant.EPOCH, openedAt) + ":" + id;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
