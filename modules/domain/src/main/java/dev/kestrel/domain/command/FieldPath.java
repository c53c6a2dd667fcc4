package dev.kestrel.domain.command;

import dev.kestrel.domain.signal.Fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The path of one field of an object, as people write it: {@code
 * spec.template.spec.containers[app].image}. Steps are separated by dots; an entry of a list whose
 * merge key is {@code name} stands in brackets after the list.
 */
public final class FieldPath {
    private static final Pattern STEP =
            Pattern.compile("([^.\\[\\]]+)(?:\\[([^\\[\\]]+)])?(?:\\.|$)");

    private final String text;
    private final List<Step> steps;

    private FieldPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException when the text is no path
     */
    public static FieldPath parse(String text) {
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        var end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            steps.add(new Step(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
            end = matcher.end();
        }
        if (steps.isEmpty() || end != text.length() || text.endsWith(".")) {
            throw new IllegalArgumentException("no field path: " + text);
        }
        return new FieldPath(text, List.copyOf(steps));
    }

    /** What the object has at this path; {@link Fields#ABSENT} where it has nothing. */
    public Fields read(Fields object) {
        var here = object;
        for (var step : steps) {
            here = here.at(step.field());
            if (!step.entry().isEmpty()) {
                here =
                        here.items().stream()
                                .filter(item -> item.at("name").text().equals(step.entry()))
                                .findFirst()
                                .orElse(Fields.ABSENT);
            }
        }
        return here;
    }

    /** Sets the value in a tree of mutable maps and lists, making what is missing on the way. */
    public void write(Map<String, Object> object, Fields value) {
        var here = object;
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var last = i == steps.size() - 1;
            if (step.entry().isEmpty() && last) {
                here.put(
                        step.field(),
                        value.tree().orElseThrow(() -> new IllegalArgumentException("no value")));
                return;
            }
            here = step.entry().isEmpty() ? child(here, step.field()) : entry(here, step);
        }
        throw new IllegalArgumentException("a path to a list entry names no field of it: " + text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String field) {
        return (Map<String, Object>)
                parent.computeIfAbsent(field, ignored -> new LinkedHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> entry(Map<String, Object> parent, Step step) {
        var list =
                (List<Object>) parent.computeIfAbsent(step.field(), ignored -> new ArrayList<>());
        for (var item : list) {
            if (((Map<String, Object>) item).get("name") instanceof String name
                    && name.equals(step.entry())) {
                return (Map<String, Object>) item;
            }
        }
        var created = new LinkedHashMap<String, Object>();
        created.put("name", step.entry());
        list.add(created);
        return created;
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * @param entry name of the list entry; empty where the field itself is meant
     */
    private record Step(String field, String entry) {}
}
