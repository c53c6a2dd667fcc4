package dev.kestrel.operator.source.log;

import dev.kestrel.domain.signal.Observation.LogLine;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.redaction.LineRedaction;
import dev.kestrel.protocol.WireLimits;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Turns the lines of one container's log, each with its time in front, into signals: what was said
 * before is left out, what is said too fast is counted, secrets are taken out.
 */
final class LogReading {
    static final int LINE_BYTES = WireLimits.LOG_LINE_BYTES;
    private static final double LINES_PER_SECOND = 20;
    private static final double LINES_AT_ONCE = 200;

    private final Wanted wanted;
    private final InstantSource clock;
    private final LineRedaction redaction = new LineRedaction();
    private final RateLimit limit;
    private Instant after;
    private long shed;

    /**
     * @param after lines up to this time are left out
     */
    LogReading(Wanted wanted, Instant after, InstantSource clock) {
        this.wanted = wanted;
        this.after = after;
        this.clock = clock;
        this.limit = new RateLimit(LINES_PER_SECOND, LINES_AT_ONCE, clock.instant());
    }

    /** The signal that a line is; empty where it is left out. */
    synchronized Optional<Signal> read(String line) {
        var space = line.indexOf(' ');
        var at = time(space < 0 ? line : line.substring(0, space));
        var text = at.isPresent() ? line.substring(space < 0 ? line.length() : space + 1) : line;
        // Redacted first, so that a private key is recognised although some of its lines are shed.
        var clean = cut(redaction.redact(text));
        if (at.isPresent() && !at.get().isAfter(after)) {
            return Optional.empty();
        }
        at.ifPresent(time -> after = time);
        if (clean.isBlank()) {
            return Optional.empty();
        }
        if (!limit.allows(clock.instant())) {
            shed++;
            return Optional.empty();
        }
        return Optional.of(
                new Signal(
                        at.orElseGet(clock::instant),
                        new LogLine(wanted.pod(), wanted.container(), wanted.previous(), clean)));
    }

    /** Time of the last line. */
    synchronized Instant after() {
        return after;
    }

    /** Lines left out for being too many, since the last call. */
    synchronized long takeShed() {
        var taken = shed;
        shed = 0;
        return taken;
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.length() < 20 ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** At most 8 KiB of UTF-8, cut between characters. */
    private static String cut(String text) {
        if (text.length() * 3L <= LINE_BYTES) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LINE_BYTES) {
            return text;
        }
        var end = LINE_BYTES - LineSplitter.CUT.length();
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + LineSplitter.CUT;
    }
}
