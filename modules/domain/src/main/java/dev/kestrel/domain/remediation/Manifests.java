package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes server-side-apply manifests: the one that applies a draft's edits, and the one that takes
 * them back.
 */
final class Manifests {
    /**
     * Tools in a person's hand. Whoever else owns a field (GitOps, a controller) would set it back,
     * so it is not taken.
     */
    private static final List<String> TAKEN_OVER_PREFIXES = List.of("kubectl", "kestrel");

    private Manifests() {}

    static Manifest apply(KubeObject target, List<Edit> edits) {
        var expected = new TreeMap<String, String>();
        edits.forEach(
                edit ->
                        expected.put(
                                edit.path().toString(),
                                CanonicalJson.write(edit.path().read(target.fields()))));
        return manifest(target, edits, expected);
    }

    /**
     * Sets what was there before. A field that was not there is left out, so that giving up its
     * ownership removes it.
     */
    static Manifest undo(KubeObject target, List<Edit> edits) {
        var expected = new TreeMap<String, String>();
        edits.forEach(
                edit -> expected.put(edit.path().toString(), CanonicalJson.write(edit.value())));
        var before =
                edits.stream()
                        .map(edit -> new Edit(edit.path(), edit.path().read(target.fields())))
                        .filter(edit -> edit.value().isPresent())
                        .toList();
        return manifest(target, before, expected);
    }

    private static Manifest manifest(
            KubeObject target, List<Edit> edits, Map<String, String> expected) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", target.apiVersion());
        tree.put("kind", target.ref().kind());
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", target.ref().name());
        if (!target.ref().namespace().isEmpty()) {
            metadata.put("namespace", target.ref().namespace());
        }
        tree.put("metadata", metadata);
        edits.forEach(edit -> edit.path().write(tree, edit.value()));
        var fields = Fields.of(tree);
        return new Manifest(
                target.ref(),
                target.apiVersion(),
                fields,
                CanonicalJson.digest(fields),
                target.uid(),
                expected,
                takenOver(target));
    }

    private static List<String> takenOver(KubeObject target) {
        return target.managers().stream()
                .map(KubeObject.FieldManager::manager)
                .filter(manager -> TAKEN_OVER_PREFIXES.stream().anyMatch(manager::startsWith))
                .distinct()
                .sorted()
                .toList();
    }
}
