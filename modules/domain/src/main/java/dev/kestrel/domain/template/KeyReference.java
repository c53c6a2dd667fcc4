package dev.kestrel.domain.template;

import dev.kestrel.domain.signal.Fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A pod template needs a key of a ConfigMap, or a whole ConfigMap. What is optional is not needed.
 *
 * @param configMap its name, in the namespace of the pods
 * @param key empty where the whole ConfigMap is needed
 * @param who what needs it, for people: {@code variable TARIFF of container app}
 * @param path of the smallest field that can be applied alone, below a pod's {@code spec}; empty
 *     where the reference is part of a list that has no names
 * @param value what stands there
 */
public record KeyReference(String configMap, String key, String who, String path, Fields value) {
    /** References of a pod's {@code spec}, in its order: containers first, then volumes. */
    public static List<KeyReference> of(Fields podSpec) {
        var all = new ArrayList<KeyReference>();
        for (var list : List.of("initContainers", "containers")) {
            podSpec.at(list).items().forEach(container -> variables(list, container, all));
        }
        podSpec.at("volumes").items().forEach(volume -> files(volume, all));
        return List.copyOf(all);
    }

    private static void variables(String list, Fields container, List<KeyReference> all) {
        var name = container.at("name").text();
        for (var variable : container.at("env").items()) {
            var reference = variable.at("valueFrom", "configMapKeyRef");
            var path =
                    "%s[%s].env[%s].valueFrom.configMapKeyRef"
                            .formatted(list, name, variable.at("name").text());
            var who = "variable %s of container %s".formatted(variable.at("name").text(), name);
            needed(reference)
                    .map(needed -> of(needed, needed.at("key").text(), who, path, needed))
                    .forEach(all::add);
        }
        for (var from : container.at("envFrom").items()) {
            needed(from.at("configMapRef"))
                    .map(needed -> of(needed, "", "container " + name, "", needed))
                    .forEach(all::add);
        }
    }

    private static void files(Fields volume, List<KeyReference> all) {
        var who = "volume " + volume.at("name").text();
        var path = "volumes[%s].configMap".formatted(volume.at("name").text());
        needed(volume.at("configMap")).forEach(map -> mounted(map, who, path, all));
        volume.at("projected", "sources").items().stream()
                .flatMap(source -> needed(source.at("configMap")))
                .forEach(map -> mounted(map, who, "", all));
    }

    private static void mounted(Fields map, String who, String path, List<KeyReference> all) {
        var items = map.at("items").items();
        if (items.isEmpty()) {
            all.add(of(map, "", who, path.isEmpty() ? "" : path + ".name", map.at("name")));
        }
        var list = path.isEmpty() ? "" : path + ".items";
        items.forEach(item -> all.add(of(map, item.at("key").text(), who, list, map.at("items"))));
    }

    private static KeyReference of(
            Fields reference, String key, String who, String path, Fields value) {
        return new KeyReference(reference.at("name").text(), key, who, path, value);
    }

    private static Stream<Fields> needed(Fields reference) {
        return reference.isPresent() && !reference.at("optional").truth(false)
                ? Stream.of(reference)
                : Stream.empty();
    }

    /** What would stand at the path if another key were asked for; the rest stays. */
    public Fields asking(String other) {
        UnaryOperator<Fields> asking =
                one -> one.at("key").text().equals(key) ? with(one, "key", other) : one;
        return value.items().isEmpty()
                ? asking.apply(value)
                : Fields.of(value.items().stream().map(asking).toList());
    }

    /** The same for another ConfigMap; the value itself where only the name stands there. */
    public Fields askingMap(String other) {
        return value.at("name").isPresent() ? with(value, "name", other) : Fields.of(other);
    }

    private static Fields with(Fields map, String field, String text) {
        Map<String, Object> changed = new LinkedHashMap<>(new TreeMap<>(map.members()));
        changed.put(field, text);
        return Fields.of(changed);
    }
}
