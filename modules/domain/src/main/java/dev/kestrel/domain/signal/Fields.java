package dev.kestrel.domain.signal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of a Kubernetes object: an immutable tree as JSON has it, read by path. A path that
 * does not exist is {@link #ABSENT}, so readers chain without asking at each step.
 */
public final class Fields {
    /** Nothing here: not even an explicit null. */
    public static final Fields ABSENT = new Fields(null);

    private final @Nullable Object value;

    private Fields(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Takes over a tree of {@link Map}, {@link List}, {@link String}, {@link Number} and {@link
     * Boolean}; copies it.
     *
     * @throws IllegalArgumentException on any other type
     */
    public static Fields of(Object tree) {
        return new Fields(freeze(tree));
    }

    private static Object freeze(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var copy = new TreeMap<String, Object>();
                map.forEach((key, member) -> copy.put((String) key, freeze(member)));
                yield Collections.unmodifiableMap(copy);
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>(list.size());
                list.forEach(member -> copy.add(freeze(member)));
                yield Collections.unmodifiableList(copy);
            }
            case String text -> text;
            case Integer number -> (long) number;
            case Number number -> number;
            case Boolean truth -> truth;
            case Fields fields -> Objects.requireNonNull(fields.value, "an absent value");
            default -> throw new IllegalArgumentException("no JSON value: " + tree.getClass());
        };
    }

    /** What stands at the path; keys of maps, or indexes of lists in decimal. */
    public Fields at(String... path) {
        var here = this;
        for (var step : path) {
            here = here.step(step);
        }
        return here;
    }

    private Fields step(String step) {
        return switch (value) {
            case Map<?, ?> map -> {
                var member = map.get(step);
                yield member == null ? ABSENT : new Fields(member);
            }
            case List<?> list when isIndexOf(step, list) ->
                    new Fields(list.get(Integer.parseInt(step)));
            case null, default -> ABSENT;
        };
    }

    private static boolean isIndexOf(String step, List<?> list) {
        return step.length() <= 6
                && !step.isEmpty()
                && step.chars().allMatch(Character::isDigit)
                && Integer.parseInt(step) < list.size();
    }

    public boolean isPresent() {
        return value != null;
    }

    /** The text here, or the empty text where there is none. */
    public String text() {
        return text("");
    }

    /** The text here; numbers and booleans are written out. */
    public String text(String otherwise) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case null, default -> otherwise;
        };
    }

    public long number(long otherwise) {
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    public boolean truth(boolean otherwise) {
        return value instanceof Boolean truth ? truth : otherwise;
    }

    /** Members of the list here, in order; empty where there is no list. */
    public List<Fields> items() {
        return value instanceof List<?> list
                ? list.stream().map(member -> new Fields(member)).toList()
                : List.of();
    }

    /** Members of the map here, keys sorted; empty where there is no map. */
    public Map<String, Fields> members() {
        var members = new TreeMap<String, Fields>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put((String) key, new Fields(member)));
        }
        return Collections.unmodifiableMap(members);
    }

    /** Members of the map here as texts, keys sorted: labels, selectors, annotations. */
    public Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        members().forEach((key, member) -> texts.put(key, member.text()));
        return Collections.unmodifiableMap(texts);
    }

    /** The immutable tree itself, for writers of JSON; empty when absent. */
    public Optional<Object> tree() {
        return Optional.ofNullable(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields fields && Objects.equals(fields.value, value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return value == null ? "absent" : value.toString();
    }
}
