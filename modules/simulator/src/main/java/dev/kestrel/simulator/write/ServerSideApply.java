package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Server-side apply: merges what a manager wants into the live object and settles who owns what.
 */
final class ServerSideApply {
    private final FieldManager manager;
    private final boolean force;
    private final Instant now;

    ServerSideApply(FieldManager manager, boolean force, Instant now) {
        this.manager = manager;
        this.force = force;
        this.now = now;
    }

    /**
     * The object after the apply.
     *
     * @param finish defaults what the merge left open, before the result is compared
     * @throws Refusal 409 when others own what would change and force is off
     */
    KubeObject onto(KubeObject live, ObjectNode applied, UnaryOperator<KubeObject> finish) {
        var type = live.type().schema();
        var managed = ManagedFields.of(live);
        var wanted = FieldSet.of(type, applied).keySet();
        var tree = live.tree().deepCopy();
        var dropped = new TreeSet<>(managed.appliedBy(manager)).descendingSet();
        for (var field : dropped) {
            if (!wanted.contains(field) && !managed.othersOwn(field, manager)) {
                remove(tree, Schema.KUBERNETES.type(type), field.steps());
            }
        }
        merge(tree, applied, Schema.KUBERNETES.type(type));
        var merged = KubeObject.of(live.type(), tree);
        var written = FieldChanges.between(live, merged).written();
        var conflicts = managed.conflicts(written, manager);
        if (!conflicts.isEmpty() && !force) {
            throw Refusal.applyConflict(message(conflicts), conflicts);
        }
        managed.take(written, manager);
        managed.applied(wanted, written, manager, merged, now);
        return KubeObject.of(live.type(), managed.writtenTo(finish.apply(merged)));
    }

    private static String message(List<Refusal.Cause> conflicts) {
        if (conflicts.size() == 1) {
            var only = conflicts.getFirst();
            return "Apply failed with 1 conflict: %s: %s".formatted(only.message(), only.field());
        }
        var text = new StringBuilder("Apply failed with " + conflicts.size() + " conflicts:");
        var last = "";
        for (var conflict : conflicts) {
            var who = conflict.message().replaceFirst("^conflict", "conflicts") + ":";
            if (!who.equals(last)) {
                text.append(last.isEmpty() ? ' ' : '\n').append(who);
                last = who;
            }
            text.append("\n- ").append(conflict.field());
        }
        return text.toString();
    }

    static void merge(ObjectNode live, JsonNode applied, Shape declared) {
        for (var field : applied.properties()) {
            if (!field.getValue().isNull()) {
                var shape = child(declared, field.getKey());
                var mine = live.path(field.getKey());
                live.set(field.getKey(), merged(mine, field.getValue(), shape));
            }
        }
    }

    private static Shape child(Shape declared, String field) {
        return switch (Schema.KUBERNETES.resolve(declared)) {
            case Shape.Struct struct -> struct.fields().getOrDefault(field, ATOMIC);
            case Shape.MapOf map -> map.element();
            case Shape.ListOf _, Shape.SetOf _, Shape.Associative _ -> ATOMIC;
            case Shape.Scalar _, Shape.Named _ -> ATOMIC;
        };
    }

    private static final Shape ATOMIC = new Shape.Scalar(Shape.Type.ANY);

    private static JsonNode merged(JsonNode live, JsonNode applied, Shape declared) {
        var shape = Schema.KUBERNETES.resolve(declared);
        var atomic =
                switch (shape) {
                    case Shape.Struct struct -> struct.atomic();
                    case Shape.MapOf map -> map.atomic();
                    case Shape.ListOf _, Shape.Scalar _, Shape.Named _ -> true;
                    case Shape.Associative _, Shape.SetOf _ -> false;
                };
        if (atomic || live.isMissingNode() || live.isNull()) {
            return applied.deepCopy();
        }
        if (live instanceof ArrayNode list) {
            return mergedList(list.deepCopy(), applied, shape);
        }
        var object = (ObjectNode) live.deepCopy();
        merge(object, applied, shape);
        return object;
    }

    private static JsonNode mergedList(ArrayNode list, JsonNode applied, Shape shape) {
        for (var item : applied) {
            int at = indexOf(list, item, shape);
            if (at < 0) {
                list.add(item.deepCopy());
            } else if (shape instanceof Shape.Associative keyed) {
                list.set(at, merged(list.get(at), item, keyed.element()));
            }
        }
        return list;
    }

    private static int indexOf(ArrayNode list, JsonNode item, Shape shape) {
        for (int i = 0; i < list.size(); i++) {
            var same =
                    shape instanceof Shape.Associative keyed
                            ? FieldPath.itemKey(list.get(i), keyed)
                                    .equals(FieldPath.itemKey(item, keyed))
                            : list.get(i).equals(item);
            if (same) {
                return i;
            }
        }
        return -1;
    }

    /** Removes one field and whatever it leaves empty above it. */
    private static void remove(JsonNode from, Shape declared, List<String> steps) {
        var step = steps.getFirst();
        var rest = steps.subList(1, steps.size());
        var name = step.substring(2);
        if (from instanceof ObjectNode object && object.has(name)) {
            if (rest.isEmpty()) {
                object.remove(name);
            } else {
                remove(object.get(name), child(declared, name), rest);
                if (Json.isNothing(object.get(name))) {
                    object.remove(name);
                }
            }
        } else if (from instanceof ArrayNode list) {
            removeItem(list, Schema.KUBERNETES.resolve(declared), step, rest);
        }
    }

    private static void removeItem(ArrayNode list, Shape shape, String step, List<String> rest) {
        for (int i = list.size() - 1; i >= 0; i--) {
            var item = list.get(i);
            var named =
                    shape instanceof Shape.Associative keyed
                            ? FieldPath.itemStep(item, keyed)
                            : "v:" + item;
            if (named.equals(step) && rest.isEmpty()) {
                list.remove(i);
            } else if (named.equals(step) && shape instanceof Shape.Associative keyed) {
                remove(item, keyed.element(), rest);
            }
        }
    }
}
