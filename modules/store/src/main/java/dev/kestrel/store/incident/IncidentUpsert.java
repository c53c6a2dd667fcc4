package dev.kestrel.store.incident;

import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.postgres.Times;

import io.vertx.sqlclient.Tuple;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.function.Function;

/** Saves incidents in one statement, only for the owner, only newer revisions. */
final class IncidentUpsert {
    /** Answers one row when the ownership holds, none when it was fenced. */
    static final String SQL =
            """
            WITH owner AS MATERIALIZED (
                SELECT tenant_id, cluster_id FROM cluster_owner
                WHERE tenant_id = $1 AND cluster_id = $2 AND node = $3 AND epoch = $4 FOR SHARE
            ), written AS (
                INSERT INTO incident AS i
                    (tenant_id, cluster_id, incident_id, revision, status, severity, title, verdict, cause, cause_at,
                     confidence, opened_at, changed_at, resolved_at, document)
                SELECT o.tenant_id, o.cluster_id, d.* FROM owner o, unnest(
                    $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                    $13::float8[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::text[]) AS d
                ON CONFLICT (tenant_id, incident_id) DO UPDATE SET
                    revision = excluded.revision, status = excluded.status, severity = excluded.severity,
                    title = excluded.title, verdict = excluded.verdict, cause = excluded.cause,
                    cause_at = excluded.cause_at, confidence = excluded.confidence, opened_at = excluded.opened_at,
                    changed_at = excluded.changed_at, resolved_at = excluded.resolved_at, document = excluded.document
                WHERE i.revision < excluded.revision AND i.cluster_id = excluded.cluster_id
            )
            SELECT 1 FROM owner\
            """;

    private IncidentUpsert() {}

    static Tuple columns(Ownership ownership, Collection<Document> documents) {
        return Tuple.tuple()
                .addString(ownership.cluster().tenant())
                .addString(ownership.cluster().cluster())
                .addString(ownership.node())
                .addLong(ownership.epoch())
                .addArrayOfString(texts(documents, Document::id))
                .addArrayOfLong(documents.stream().map(Document::revision).toArray(Long[]::new))
                .addArrayOfString(texts(documents, Document::status))
                .addArrayOfString(texts(documents, Document::severity))
                .addArrayOfString(texts(documents, Document::title))
                .addArrayOfString(texts(documents, Document::verdict))
                .addArrayOfString(texts(documents, Document::cause))
                .addArrayOfString(texts(documents, Document::causeAt))
                .addArrayOfDouble(
                        documents.stream().map(Document::confidence).toArray(Double[]::new))
                .addArrayOfOffsetDateTime(times(documents, Document::openedAt))
                .addArrayOfOffsetDateTime(times(documents, Document::changedAt))
                .addArrayOfOffsetDateTime(times(documents, Document::resolvedAt))
                .addArrayOfString(texts(documents, Document::json));
    }

    /** PostgreSQL keeps every character but NUL, and the words of a cluster may hold that. */
    private static String[] texts(
            Collection<Document> documents, Function<Document, String> column) {
        return documents.stream()
                .map(column)
                .map(text -> text.replace('\0', '\ufffd'))
                .toArray(String[]::new);
    }

    private static OffsetDateTime[] times(
            Collection<Document> documents, Function<Document, Instant> column) {
        return documents.stream().map(column).map(Times::sql).toArray(OffsetDateTime[]::new);
    }
}
