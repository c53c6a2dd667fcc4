package dev.kestrel.operator.action;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.command.Outcome.Refused;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.kube.KubeApi;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The requests about a manifest's target, each waited for: used on virtual threads only. */
final class LiveObject {
    static final String MANAGER = "kestrel";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KubeApi api;
    private final Manifest manifest;

    LiveObject(KubeApi api, Manifest manifest) {
        this.api = api;
        this.manifest = manifest;
    }

    KubeApi.Reply read() {
        return api.get(path(), new TreeMap<>(), PATIENCE).join();
    }

    /** Asks what applying would do; changes nothing. */
    KubeApi.Reply tryOut(boolean force) {
        var query = query(force);
        query.put("dryRun", "All");
        return api.apply(path(), query, body(""), PATIENCE).join();
    }

    /**
     * Applies.
     *
     * @param version the object's resource version must still be this one
     */
    KubeApi.Reply apply(boolean force, String version) {
        return api.apply(path(), query(force), body(version), PATIENCE).join();
    }

    /** What a reply that is no success means. */
    static Refused refusal(KubeApi.Reply reply) {
        var owners = Takeover.managers(reply.causes());
        if (!owners.isEmpty()) {
            return new Refused(
                    Reason.CONFLICT, "the fields belong to " + String.join(", ", owners), owners);
        }
        var said = reply.message().isEmpty() ? "status " + reply.status() : reply.message();
        return new Refused(reason(reply), said, List.of());
    }

    private static Reason reason(KubeApi.Reply reply) {
        if (reply.status() == 404) {
            return Reason.NOT_FOUND;
        }
        return reply.status() >= 500 || reply.status() == 429 || !reply.whole()
                ? Reason.UNREACHABLE
                : Reason.REJECTED_BY_API;
    }

    private static SortedMap<String, String> query(boolean force) {
        var query = new TreeMap<String, String>();
        query.put("fieldManager", MANAGER);
        query.put("fieldValidation", "Strict");
        query.put("force", Boolean.toString(force));
        return query;
    }

    /** With the uid, so that an object that is gone is never created anew. */
    private String body(String version) {
        var metadata = new TreeMap<String, Object>(manifest.fields().at("metadata").members());
        metadata.put("uid", manifest.expectedUid());
        if (!version.isEmpty()) {
            metadata.put("resourceVersion", version);
        }
        var body = new TreeMap<String, Object>(manifest.fields().members());
        body.put("metadata", metadata);
        return CanonicalJson.write(Fields.of(body));
    }

    private String path() {
        Kind kind =
                Kinds.named(manifest.target().kind())
                        .orElseThrow(() -> new IllegalStateException("the policy knows its kinds"));
        return kind.path(manifest.target().namespace(), manifest.target().name());
    }
}
