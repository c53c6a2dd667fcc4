package dev.kestrel.knowledge.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
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

/** Parses YAML. Bounded: no recursion through anchors, at most 1 MiB, nesting of 50. */
public final class Reader {
    private static final int MOST_CODE_POINTS = 1 << 20;

    private final String file;

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
            for (var node : new Compose(settings).composeAllFromString(text)) {
                documents.add(reader.tree(node));
            }
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Malformed(new Place(file, line), e.getProblem());
        } catch (YamlEngineException e) {
            throw new Malformed(new Place(file, 1), String.valueOf(e.getMessage()));
        }
        return documents;
    }

    private Tree tree(Node node) {
        var place = new Place(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
        return switch (node) {
            case ScalarNode scalar -> new Tree.Scalar(place, scalar.getValue(), value(scalar));
            case SequenceNode list ->
                    new Tree.Sequence(place, list.getValue().stream().map(this::tree).toList());
            case MappingNode map -> mapping(place, map);
            default -> throw new YamlEngineException("unexpected " + node.getNodeType());
        };
    }

    private Tree mapping(Place place, MappingNode map) {
        var members = new LinkedHashMap<String, Tree>();
        for (var entry : map.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YamlEngineException("a key that is no scalar at " + place);
            }
            if (members.put(key.getValue(), tree(entry.getValueNode())) != null) {
                throw new YamlEngineException(
                        "the key " + key.getValue() + " stands twice at " + place);
            }
        }
        return new Tree.Mapping(place, members);
    }

    private static Object value(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.INT)) {
            return Long.decode(text);
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
