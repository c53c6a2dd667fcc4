package dev.kestrel.knowledge;

import dev.kestrel.knowledge.yaml.Place;
import dev.kestrel.knowledge.yaml.Tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the fields of one declaration and complains about each that is missing, wrong or unknown;
 * goes on with a harmless value, so that all complaints come at once.
 */
final class Fielded {
    private final Tree.Mapping mapping;
    private final Consumer<Complaint> complaints;
    private final Set<String> asked = new HashSet<>();

    private Fielded(Tree.Mapping mapping, Consumer<Complaint> complaints) {
        this.mapping = mapping;
        this.complaints = complaints;
    }

    /** The fields of a tree that should be a mapping. */
    static Fielded of(Tree tree, Consumer<Complaint> complaints) {
        if (tree instanceof Tree.Mapping mapping) {
            return new Fielded(mapping, complaints);
        }
        complaints.accept(Complaint.error(tree.place(), "expected fields here"));
        return new Fielded(new Tree.Mapping(tree.place(), Map.of()), complaints);
    }

    Place place() {
        return mapping.place();
    }

    private Place place(String key) {
        return find(key).map(Tree::place).orElse(mapping.place());
    }

    Optional<Tree> find(String key) {
        asked.add(key);
        return mapping.find(key);
    }

    String text(String key) {
        var found = find(key);
        if (found.isEmpty()) {
            complain(key, "%s is missing".formatted(key));
        }
        return text(key, "");
    }

    String text(String key, String otherwise) {
        return switch (find(key).orElse(new Tree.Scalar(place(), otherwise, otherwise))) {
            case Tree.Scalar scalar -> scalar.text();
            case Tree.Sequence list -> wrong(list, key, "a text", otherwise);
            case Tree.Mapping map -> wrong(map, key, "a text", otherwise);
        };
    }

    private String wrong(Tree tree, String key, String expected, String otherwise) {
        complaints.accept(
                Complaint.error(tree.place(), "%s should be %s".formatted(key, expected)));
        return otherwise;
    }

    boolean truth(String key) {
        return text(key, "false").equals("true");
    }

    /** A number within bounds, both included. */
    double number(String key, double otherwise, double least, double most) {
        var text = text(key, "");
        var number = text.isEmpty() ? otherwise : parsed(key, text, otherwise, Double::valueOf);
        if (!(number >= least && number <= most)) { // Nor is NaN a number between them.
            complain(key, "%s is %s; it should be %s to %s".formatted(key, number, least, most));
            return otherwise;
        }
        return number;
    }

    Duration duration(String key, Duration otherwise) {
        var text = text(key, "");
        return text.isEmpty() ? otherwise : parsed(key, text, otherwise, Durations::parse);
    }

    <T> T parsed(String key, String text, T otherwise, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            complain(key, "%s is %s: %s".formatted(key, text, e.getMessage()));
            return otherwise;
        }
    }

    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (var item : items(key)) {
            if (item instanceof Tree.Scalar scalar) {
                texts.add(scalar.text());
            } else {
                complaints.accept(Complaint.error(item.place(), "expected a text in " + key));
            }
        }
        return texts;
    }

    List<Tree> items(String key) {
        return switch (find(key).orElse(new Tree.Sequence(place(), List.of()))) {
            case Tree.Sequence list -> list.items();
            case Tree.Scalar scalar -> List.of(scalar);
            case Tree.Mapping map -> List.of(map);
        };
    }

    List<Fielded> all(String key) {
        return items(key).stream().map(item -> of(item, complaints)).toList();
    }

    Map<String, String> pairs(String key) {
        var pairs = new LinkedHashMap<String, String>();
        find(key)
                .filter(Tree.Mapping.class::isInstance)
                .map(tree -> new Fielded((Tree.Mapping) tree, complaints))
                .ifPresent(
                        fields ->
                                fields.mapping
                                        .members()
                                        .keySet()
                                        .forEach(name -> pairs.put(name, fields.text(name))));
        return pairs;
    }

    void complain(String key, String message) {
        complaints.accept(Complaint.error(place(key), message));
    }

    /** Complains about every field that nobody asked for. */
    void refuseOthers() {
        mapping.members()
                .forEach(
                        (key, value) -> {
                            if (!asked.contains(key)) {
                                complaints.accept(
                                        Complaint.error(
                                                value.place(),
                                                "%s is no field here; there are %s"
                                                        .formatted(
                                                                key,
                                                                asked.stream().sorted().toList())));
                            }
                        });
    }
}
