package dev.kestrel.protocol;

/**
 * Texts as a cloud can keep them: no database has a column for a NUL, and half a character has no
 * UTF-8. Both are replaced, because a log that holds one still says what it says.
 */
final class WireText {
    private static final char REPLACEMENT = '\ufffd';

    private WireText() {}

    /** The text, with a replacement character for every NUL and every half of a character. */
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnfit(text, i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        var clean = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            if (isUnfit(text, i)) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static boolean isUnfit(String text, int at) {
        var here = text.charAt(at);
        if (here == 0) {
            return true;
        }
        if (Character.isHighSurrogate(here)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(here)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
