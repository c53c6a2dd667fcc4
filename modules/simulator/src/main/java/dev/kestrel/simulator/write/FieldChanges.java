package dev.kestrel.simulator.write;

import dev.kestrel.simulator.resource.KubeObject;

import java.util.Set;
import java.util.TreeSet;

/** Which owned fields differ between two versions of an object. */
record FieldChanges(Set<FieldPath> written, Set<FieldPath> removed) {

    static FieldChanges between(KubeObject before, KubeObject after) {
        var old = FieldSet.of(before.type().schema(), before.tree());
        var now = FieldSet.of(after.type().schema(), after.tree());
        var written = new TreeSet<FieldPath>();
        now.forEach(
                (path, value) -> {
                    if (!value.equals(old.get(path))) {
                        written.add(path);
                    }
                });
        var removed = new TreeSet<>(old.keySet());
        removed.removeAll(now.keySet());
        return new FieldChanges(written, removed);
    }
}
