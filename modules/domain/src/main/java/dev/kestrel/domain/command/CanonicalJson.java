package dev.kestrel.domain.command;

import dev.kestrel.domain.signal.Fields;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON with one spelling for each value, so that a digest means the same on both sides of the wire:
 * keys sorted by UTF-16 code unit, no white space, integers without fraction, only the escapes that
 * JSON requires (after RFC 8785, for the values that Kubernetes objects have).
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The text of a value; {@code null} for an absent one. */
    public static String write(Fields value) {
        var out = new StringBuilder();
        value.tree().ifPresentOrElse(tree -> append(out, tree), () -> out.append("null"));
        return out.toString();
    }

    /** SHA-256 of {@link #write}, lower-case hex. */
    public static String digest(Fields value) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest(write(value).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void append(StringBuilder out, Object tree) {
        switch (tree) {
            case Map<?, ?> map -> {
                out.append('{');
                for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator();
                        i.hasNext(); ) {
                    var entry = i.next();
                    quote(out, (String) entry.getKey());
                    out.append(':');
                    append(out, entry.getValue());
                    out.append(i.hasNext() ? "," : "");
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                    append(out, i.next());
                    out.append(i.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case String text -> quote(out, text);
            case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
                    out.append(number.longValue());
            default -> out.append(tree);
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
