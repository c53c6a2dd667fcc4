package dev.kestrel.simulator.node;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one run of a container wrote. The kubelet rotates it, so only the last lines are kept. */
public final class LogFile {
    private static final int LIMIT_LINES = 5000;
    private static final DateTimeFormatter GO =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final List<Line> lines = new ArrayList<>();
    private long rotatedAway;
    private boolean closed;

    /** One line and when the runtime received it. */
    public record Line(Instant at, String text) {}

    /** Writes as Go's log package does, with date and time before the text. */
    public void log(Instant at, String text) {
        print(at, GO.format(at) + " " + text);
    }

    public void print(Instant at, String text) {
        lines.add(new Line(at, text));
        if (lines.size() > LIMIT_LINES) {
            lines.removeFirst();
            rotatedAway++;
        }
    }

    /** Nothing more will be written. */
    void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    /** How many lines were ever written. */
    public long written() {
        return rotatedAway + lines.size();
    }

    /** Lines from a number on, as counted by {@link #written()}; rotated ones are missing. */
    public List<Line> from(long number) {
        int start = Math.clamp(number - rotatedAway, 0, lines.size());
        return List.copyOf(lines.subList(start, lines.size()));
    }
}
