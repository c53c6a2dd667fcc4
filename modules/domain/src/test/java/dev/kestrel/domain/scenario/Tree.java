package dev.kestrel.domain.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A JSON tree that is built by assigning to paths such as {@code status.conditions[Ready].status}.
 * Entries of lists are named in brackets by what names them in Kubernetes, or counted.
 */
final class Tree {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([^\\]]*)\\]");
    private static final List<String> NAMES = List.of("name", "type", "mountPath");

    /** Maps whose keys may hold dots, and are therefore put in brackets. */
    private static final Set<String> MAPS =
            Set.of("labels", "annotations", "selector", "matchLabels", "nodeSelector");

    private final Map<String, Object> root;

    Tree(Map<String, Object> root) {
        this.root = copy(root);
    }

    static Tree empty() {
        return new Tree(Map.of());
    }

    Map<String, Object> root() {
        return root;
    }

    /** Sets what stands at the path; {@link Json#NOTHING} takes it out. */
    Tree set(String path, Object value) {
        var steps = steps(path);
        Object here = root;
        for (var at = 0; at < steps.size() - 1; at++) {
            here = child(here, steps.get(at), steps.get(at + 1).bracket());
        }
        put(here, steps.getLast(), value);
        return this;
    }

    /** Puts what stands at one path to another one; nothing stays nothing. */
    Tree move(String from, String to) {
        Object here = root;
        var steps = steps(from);
        for (var at = 0; at < steps.size() - 1; at++) {
            here = child(here, steps.get(at), steps.get(at + 1).bracket());
        }
        var value = map(here).get(steps.getLast().key());
        return set(to, value == null ? Json.NOTHING : value);
    }

    private record Step(String key, boolean bracket) {}

    private static List<Step> steps(String path) {
        var steps = new ArrayList<Step>();
        var found = STEP.matcher(path.strip());
        while (found.find()) {
            steps.add(
                    found.group(1) != null
                            ? new Step(found.group(1), false)
                            : new Step(found.group(2), true));
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("no path: " + path);
        }
        return steps;
    }

    private static Object child(Object here, Step step, boolean listWanted) {
        if (here instanceof Map<?, ?>) {
            var map = map(here);
            if (step.bracket()) {
                // A label or annotation with dots: metadata.labels[app.kubernetes.io/name]
                return map.computeIfAbsent(step.key(), key -> new TreeMap<String, Object>());
            }
            var list = listWanted && !MAPS.contains(step.key());
            return map.computeIfAbsent(
                    step.key(), key -> list ? new ArrayList<>() : new TreeMap<String, Object>());
        }
        var list = list(here);
        return list.get(entry(list, step.key()));
    }

    private static void put(Object here, Step step, Object value) {
        if (here instanceof Map<?, ?>) {
            if (value.equals(Json.NOTHING)) {
                map(here).remove(step.key());
            } else {
                map(here).put(step.key(), value);
            }
            return;
        }
        var list = list(here);
        var index = entry(list, step.key());
        if (value.equals(Json.NOTHING)) {
            list.remove(index);
        } else {
            list.set(index, value);
        }
    }

    private static int entry(List<Object> list, String key) {
        for (var index = 0; index < list.size(); index++) {
            if (list.get(index) instanceof Map<?, ?> item && isNamed(item, key)) {
                return index;
            }
        }
        if (key.matches("\\d{1,3}") && Integer.parseInt(key) < list.size()) {
            return Integer.parseInt(key);
        }
        var created = new TreeMap<String, Object>();
        created.put(key.matches("[A-Z][a-z].*") ? "type" : "name", key);
        list.add(created);
        return list.size() - 1;
    }

    private static boolean isNamed(Map<?, ?> item, String key) {
        return NAMES.stream().anyMatch(name -> key.equals(item.get(name)))
                || (item.get("targetRef") instanceof Map<?, ?> target
                        && key.equals(target.get("name")));
    }

    @SuppressWarnings("unchecked") // only this class and Json fill the tree
    private static Map<String, Object> map(Object here) {
        return (Map<String, Object>) here;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object here) {
        return (List<Object>) here;
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        var copy = new TreeMap<String, Object>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return copy;
    }

    private static Object copyOf(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(map(map));
            case List<?> list -> {
                var items = new ArrayList<Object>();
                list.forEach(item -> items.add(copyOf(item)));
                yield items;
            }
            default -> value;
        };
    }
}
