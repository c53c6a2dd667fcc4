package dev.kestrel.domain.incident;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Ownership;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where incidents are kept for people to read. Written by the cluster's owner only, read bound to a
 * tenant.
 */
public interface IncidentArchive {
    /**
     * Saves documents; one whose revision is not newer than the stored one is left out, so replays
     * are harmless.
     */
    CompletionStage<Journal.Appended> save(Ownership ownership, List<Document> documents);

    /**
     * Newest first by {@code openedAt}, then id; bound to the tenant. Listed documents come without
     * their JSON.
     */
    CompletionStage<Page> list(String tenant, Filter filter);

    /** Empty when the tenant has no such incident. */
    CompletionStage<Optional<Document>> find(String tenant, String id);

    /**
     * An incident as stored: what is searched in columns, the whole as JSON.
     *
     * @param cause mechanism of the first hypothesis; empty when unknown
     * @param causeAt resource of the first hypothesis in its text form; empty when unknown
     * @param confidence of the first hypothesis, 0..1
     * @param json the {@link Incident}; empty in lists
     */
    record Document(
            String id,
            ClusterRef cluster,
            long revision,
            String status,
            String severity,
            String title,
            String verdict,
            String cause,
            String causeAt,
            double confidence,
            Instant openedAt,
            Instant changedAt,
            Instant resolvedAt,
            String json) {}

    /**
     * What to list. Empty lists and texts mean "any".
     *
     * @param text looked for in title, cause and resource
     * @param cursor from the previous page; empty for the first
     * @param limit 1 to 500
     */
    record Filter(
            List<String> statuses,
            List<String> severities,
            List<String> clusters,
            String text,
            String cursor,
            int limit) {}

    /**
     * Some of the incidents asked for.
     *
     * @param next cursor of the next page; empty on the last
     */
    record Page(List<Document> documents, String next) {}
}
