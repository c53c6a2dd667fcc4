package dev.kestrel.knowledge.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value in a YAML file. */
public sealed interface Tree {
    Place place();

    /** The same as plain maps, lists and scalars. */
    Object plain();

    /** Stands for an explicit null in plain values. */
    enum Nothing {
        HERE
    }

    /**
     * A scalar.
     *
     * @param value text, number or boolean as YAML's core schema reads it
     */
    record Scalar(Place place, String text, Object value) implements Tree {
        @Override
        public Object plain() {
            return value;
        }
    }

    /** A list. */
    record Sequence(Place place, List<Tree> items) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Object plain() {
            var plain = new ArrayList<Object>();
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }
    }

    /** A map; keys in the order of the file. */
    record Mapping(Place place, Map<String, Tree> members) implements Tree {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** What stands under a key. */
        public Optional<Tree> find(String key) {
            return Optional.ofNullable(members.get(key));
        }

        @Override
        public Map<String, Object> plain() {
            var plain = new LinkedHashMap<String, Object>();
            members.forEach((key, member) -> plain.put(key, member.plain()));
            return plain;
        }
    }
}
