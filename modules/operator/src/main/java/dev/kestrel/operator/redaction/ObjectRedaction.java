package dev.kestrel.operator.redaction;

import dev.kestrel.domain.signal.Fields;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes out of an object what must not leave the cluster or says nothing: field bodies of managers,
 * values of ConfigMaps, secrets in environment, arguments and messages.
 */
public final class ObjectRedaction {
    /** Shorter texts hold nothing that could be told from a word. */
    private static final int SHORT = 12;

    private static final Set<String> FREE_TEXT = Set.of("message", "value");
    private static final Set<String> ARGUMENTS = Set.of("command", "args");

    /** Texts by a name that may say that they are secret. */
    private static final Set<String> NAMED =
            Set.of("volumeAttributes", "options", "parameters", "annotations");

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ObjectRedaction() {}

    /**
     * The object without all of that.
     *
     * @throws IllegalArgumentException for a Secret, which is never read in the first place
     */
    public static Fields clean(String kind, Fields object) {
        if (kind.equals("Secret")) {
            throw new IllegalArgumentException("secrets are never read");
        }
        var clean = new TreeMap<String, Object>();
        object.members().forEach((key, member) -> clean.put(key, member(kind, key, member)));
        return Fields.of(clean);
    }

    private static Object member(String kind, String key, Fields member) {
        if (key.equals("metadata")) {
            return metadata(member);
        }
        if (kind.equals("ConfigMap") && (key.equals("data") || key.equals("binaryData"))) {
            return digests(member);
        }
        // The images on a node are as long as the rest of it and no cause of anything.
        return kind.equals("Node") && key.equals("status")
                ? walk("", without(member, "images"))
                : walk(key, member);
    }

    private static Object metadata(Fields metadata) {
        var clean = new TreeMap<String, Object>();
        without(metadata, "managedFields").members().forEach(clean::put);
        var annotations = metadata.at("annotations");
        if (annotations.isPresent()) {
            var kept = new TreeMap<String, Object>();
            annotations
                    .texts()
                    .forEach((name, value) -> kept.put(name, TextRedaction.redact(name, value)));
            kept.remove(LAST_APPLIED);
            clean.put("annotations", kept);
        }
        return clean;
    }

    private static Fields without(Fields object, String key) {
        var rest = new TreeMap<String, Object>(object.members());
        rest.remove(key);
        return Fields.of(rest);
    }

    /** A value's digest tells that it changed, and nothing of what it is. */
    private static Object digests(Fields values) {
        var digests = new TreeMap<String, Object>();
        values.texts().forEach((key, value) -> digests.put(key, "sha256:" + sha256(value)));
        return digests;
    }

    private static Object walk(String key, Fields here) {
        var tree = here.tree().orElse("");
        return switch (tree) {
            case Map<?, ?> map when NAMED.contains(key) -> options(here);
            case Map<?, ?> map when isNamedValue(here) -> namedValue(here);
            case Map<?, ?> map -> {
                var clean = new TreeMap<String, Object>();
                here.members().forEach((name, member) -> clean.put(name, walk(name, member)));
                yield clean;
            }
            case List<?> list when ARGUMENTS.contains(key) -> arguments(here.items());
            case List<?> list -> here.items().stream().map(item -> walk(key, item)).toList();
            case String text when text.length() >= SHORT || FREE_TEXT.contains(key) ->
                    TextRedaction.redact(text);
            default -> tree;
        };
    }

    /** The argument after a flag belongs to it. */
    private static List<Object> arguments(List<Fields> items) {
        var clean = new ArrayList<Object>();
        var before = "";
        for (var item : items) {
            var text = item.text();
            clean.add(isSecretFlag(before) ? "[redacted:secret]" : TextRedaction.redact(text));
            before = text;
        }
        return clean;
    }

    private static boolean isSecretFlag(String text) {
        return text.startsWith("-") && text.indexOf('=') < 0 && SecretPattern.saysSecret(text);
    }

    private static boolean isNamedValue(Fields here) {
        return here.at("name").tree().orElse(0) instanceof String
                && here.at("value").tree().orElse(0) instanceof String;
    }

    private static Object namedValue(Fields here) {
        var clean = new TreeMap<String, Object>(here.members());
        clean.put("value", TextRedaction.redact(here.at("name").text(), here.at("value").text()));
        return clean;
    }

    private static Object options(Fields options) {
        var clean = new TreeMap<String, Object>();
        options.texts()
                .forEach((name, value) -> clean.put(name, TextRedaction.redact(name, value)));
        return clean;
    }

    private static String sha256(String value) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
