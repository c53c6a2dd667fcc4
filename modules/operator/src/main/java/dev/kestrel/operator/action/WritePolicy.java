package dev.kestrel.operator.action;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.command.Outcome.Refused;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.kube.Kinds;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from the manifest alone whether this operator may apply it. What is off comes first, so
 * that a read-only operator tells nothing else.
 *
 * @param namespaces in which it may write
 * @param kinds that it may write
 */
public record WritePolicy(boolean enabled, List<String> namespaces, List<String> kinds) {
    private static final Set<String> METADATA =
            Set.of("name", "namespace", "labels", "annotations");
    private static final Set<String> NEVER = Set.of("status", "scale");

    public WritePolicy {
        namespaces = List.copyOf(namespaces);
        kinds = List.copyOf(kinds);
    }

    /** Why it may not; empty when nothing in the manifest speaks against it. */
    Optional<Refused> objection(Manifest manifest) {
        var target = manifest.target();
        if (!enabled) {
            return refused(Reason.WRITE_DISABLED, "this operator was started read-only");
        }
        if (!namespaces.contains(target.namespace())) {
            return refused(
                    Reason.NAMESPACE_NOT_ALLOWED,
                    target.namespace().isEmpty()
                            ? "objects without a namespace are never changed"
                            : "this operator may not write in namespace " + target.namespace());
        }
        var kind = Kinds.named(target.kind());
        if (kind.isEmpty() || !kinds.contains(target.kind())) {
            return refused(
                    Reason.KIND_NOT_ALLOWED, "this operator may not write a " + target.kind());
        }
        var misfit = misfit(manifest, kind.get());
        if (!misfit.isEmpty()) {
            return refused(Reason.MALFORMED, misfit);
        }
        return CanonicalJson.digest(manifest.fields()).equals(manifest.digest())
                ? Optional.empty()
                : refused(Reason.DIGEST_MISMATCH, "the manifest is not the one that was approved");
    }

    /** What in the manifest does not fit its target; empty when all does. */
    private static String misfit(Manifest manifest, Kind kind) {
        var fields = manifest.fields();
        var target = manifest.target();
        var metadata = fields.at("metadata");
        if (!manifest.apiVersion().equals(kind.apiVersion())
                || !fields.at("apiVersion").text().equals(kind.apiVersion())) {
            return "a " + kind.name() + " is written as " + kind.apiVersion();
        }
        if (!fields.at("kind").text().equals(target.kind())
                || !metadata.at("name").text().equals(target.name())
                || !metadata.at("namespace").text().equals(target.namespace())) {
            return "the manifest is of another object than its target";
        }
        if (!METADATA.containsAll(metadata.members().keySet())
                || fields.members().keySet().stream().anyMatch(NEVER::contains)) {
            return "only labels and annotations of the metadata, and no status, can be set";
        }
        return manifest.expectedUid().isEmpty() ? "the expected uid is missing" : "";
    }

    private static Optional<Refused> refused(Reason reason, String detail) {
        return Optional.of(new Refused(reason, detail, List.of()));
    }
}
