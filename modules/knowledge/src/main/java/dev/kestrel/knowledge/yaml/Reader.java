package dev.kestrel.knowledge.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Parses YAML. Bounded: at most 1 MiB, nesting of 50, and 100,000 nodes once every alias is written
 * out, so that neither a deep nor a self-repeating file becomes more than it looks.
 */
public final class Reader {
    private static final int MOST_CODE_POINTS = 1 << 20;

    private static final int MOST_NESTED = 50;
    private static final int MOST_NODES = 100_000;
    private static final String TOO_DEEP = "nested deeper than " + MOST_NESTED;

    private final String file;
    private int nodes;

    private Reader(String file) {
        this.file = file;
    }

    /** A file that is not YAML; the message says where. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Place place;

        Malformed(Place place, String message) {
            super(message);
            this.place = place;
        }

        public Place place() {
            return place;
        }
    }

    /**
     * The documents of a file.
     *
     * @throws Malformed when it is not YAML
     */
    public static List<Tree> read(String file, String text) throws Malformed {
        var settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setCodePointLimit(MOST_CODE_POINTS)
                        .setMaxAliasesForCollections(50)
                        .setAllowDuplicateKeys(false)
                        .build();
        var reader = new Reader(file);
        var documents = new ArrayList<Tree>();
        try {
            reader.checkNesting(settings, text);
            for (var node : new Compose(settings).composeAllFromString(text)) {
                documents.add(reader.tree(node, 1));
            }
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Malformed(new Place(file, line), e.getProblem());
        } catch (YamlEngineException e) {
            throw new Malformed(new Place(file, 1), String.valueOf(e.getMessage()));
        }
        return documents;
    }

    /** Before anything is composed of them, because composing goes as deep as the file does. */
    private void checkNesting(LoadSettings settings, String text) {
        var depth = 0;
        for (var event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {}
            }
            if (depth > MOST_NESTED) {
                throw new YamlEngineException(TOO_DEEP);
            }
        }
    }

    private Tree tree(Node node, int depth) {
        if (depth > 2 * MOST_NESTED) {
            throw new YamlEngineException(TOO_DEEP); // Only an alias to what it stands in is.
        }
        if (++nodes > MOST_NODES) {
            throw new YamlEngineException("more than %d nodes".formatted(MOST_NODES));
        }
        var place = new Place(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
        return switch (node) {
            case ScalarNode scalar -> new Tree.Scalar(place, scalar.getValue(), value(scalar));
            case SequenceNode list ->
                    new Tree.Sequence(
                            place,
                            list.getValue().stream().map(item -> tree(item, depth + 1)).toList());
            case MappingNode map -> mapping(place, map, depth);
            default -> throw new YamlEngineException("unexpected " + node.getNodeType());
        };
    }

    private Tree mapping(Place place, MappingNode map, int depth) {
        var members = new LinkedHashMap<String, Tree>();
        for (var entry : map.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YamlEngineException("a key that is no scalar at " + place);
            }
            if (members.put(key.getValue(), tree(entry.getValueNode(), depth + 1)) != null) {
                throw new YamlEngineException(
                        "the key " + key.getValue() + " stands twice at " + place);
            }
        }
        return new Tree.Mapping(place, members);
    }

    private static Object value(ScalarNode scalar) {
        try {
            return plain(scalar);
        } catch (NumberFormatException e) {
            return scalar.getValue(); // Out of range, or in a form of YAML alone: it stays a text.
        }
    }

    private static Object plain(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.INT)) {
            return Long.valueOf(text);
        }
        if (tag.equals(Tag.NULL)) {
            return Tree.Nothing.HERE;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Double.valueOf(text);
        }
        return tag.equals(Tag.BOOL) ? Boolean.valueOf(text) : text;
    }
}
