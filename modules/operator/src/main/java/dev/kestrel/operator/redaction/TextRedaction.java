package dev.kestrel.operator.redaction;

/** Takes secrets out of text: log lines, event messages, arguments. */
public final class TextRedaction {
    private TextRedaction() {}

    /** The text with every secret replaced by {@code [redacted:kind]}. Hosts and names stay. */
    public static String redact(String text) {
        var clean = text;
        for (var secret : SecretPattern.ALL) {
            if (secret.mayOccurIn(clean)) {
                clean = secret.pattern().matcher(clean).replaceAll(secret.replacement());
            }
        }
        return clean;
    }

    /** The value that belongs to a name: all of it is taken out where the name says secret. */
    public static String redact(String name, String value) {
        return SecretPattern.saysSecret(name) && !value.isEmpty()
                ? "[redacted:secret]"
                : redact(value);
    }
}
