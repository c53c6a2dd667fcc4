package dev.kestrel.server;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Configuration as flat keys such as {@code gateway.stream-port}. The shipped {@code
 * conf/kestrel.yaml} names every key and its default; a file of the user's lies over it, and the
 * environment over both.
 */
final class Keys {
    private static final String PREFIX = "KESTREL_";

    private final Map<String, String> values;

    private Keys(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @throws IllegalArgumentException with every unknown key, or when a file is not a mapping
     */
    static Keys read(
            List<Path> files, Map<String, String> environment, Map<String, String> overrides) {
        var values = new TreeMap<>(defaults());
        var unknown = new ArrayList<String>();
        for (var file : files) {
            lay(flat(load(file.toString(), text(file))), file.toString(), values, unknown);
        }
        for (var key : List.copyOf(values.keySet())) {
            var value = environment.get(variable(key));
            if (value != null) {
                values.put(key, value);
            }
        }
        lay(overrides, "the command line", values, unknown);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown keys: "
                            + String.join(", ", unknown)
                            + "; conf/kestrel.yaml lists those there are");
        }
        return new Keys(values);
    }

    private static void lay(
            Map<String, String> over,
            String source,
            Map<String, String> values,
            List<String> unknown) {
        over.forEach(
                (key, value) -> {
                    if (values.replace(key, value) == null) {
                        unknown.add(key + " (" + source + ")");
                    }
                });
    }

    static Map<String, String> defaults() {
        try (var shipped = Keys.class.getResourceAsStream("/conf/kestrel.yaml")) {
            var text =
                    new String(
                            Objects.requireNonNull(shipped, "conf/kestrel.yaml").readAllBytes(),
                            StandardCharsets.UTF_8);
            return flat(load("conf/kestrel.yaml", text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment variable of a key. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    String text(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    /** Keys of one section, without its name. */
    Map<String, String> section(String name) {
        var section = new TreeMap<String, String>();
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(name + ".")) {
                        section.put(key.substring(name.length() + 1), value);
                    }
                });
        return section;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the configuration " + file + ": " + e.getMessage(), e);
        }
    }

    private static Object load(String name, String text) {
        try {
            var root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
            return root == null ? Map.of() : root;
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(name + " is no YAML: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> flat(Object root) {
        if (!(root instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("the configuration must be a mapping of keys");
        }
        var flat = new TreeMap<String, String>();
        flatten("", root, flat);
        return flat;
    }

    private static void flatten(String path, Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) ->
                            flatten(
                                    path.isEmpty() ? key.toString() : path + "." + key,
                                    value == null ? "" : value,
                                    into));
        } else {
            into.put(path, node.toString());
        }
    }
}
