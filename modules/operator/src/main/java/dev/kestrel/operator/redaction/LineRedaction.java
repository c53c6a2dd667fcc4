package dev.kestrel.operator.redaction;

/**
 * Takes secrets out of a sequence of lines. Unlike {@link TextRedaction} it remembers that a
 * private key began, because a log shows it one line at a time.
 */
public final class LineRedaction {
    /** A PEM key of 16,384 bits has fewer lines; past it the end was lost. */
    private static final int LONGEST_KEY_LINES = 200;

    private int keyLines;

    /** The next line without secrets. */
    public String redact(String line) {
        if (keyLines > 0) {
            var ended = line.contains("-----END ") || keyLines >= LONGEST_KEY_LINES;
            keyLines = ended ? 0 : keyLines + 1;
            return "[redacted:private-key]";
        }
        if (line.contains("PRIVATE KEY-----") && !line.contains("-----END ")) {
            keyLines = 1;
        }
        return TextRedaction.redact(line);
    }
}
