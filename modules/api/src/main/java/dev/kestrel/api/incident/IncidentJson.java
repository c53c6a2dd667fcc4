package dev.kestrel.api.incident;

import dev.kestrel.domain.incident.IncidentArchive.Document;

import io.vertx.core.json.JsonObject;

/** An incident in one line, as lists and the live feed show it. */
public final class IncidentJson {
    private IncidentJson() {}

    public static JsonObject summary(Document document) {
        return new JsonObject()
                .put("id", document.id())
                .put("cluster", document.cluster().cluster())
                .put("revision", document.revision())
                .put("status", document.status())
                .put("severity", document.severity())
                .put("title", document.title())
                .put("verdict", document.verdict())
                .put("cause", document.cause())
                .put("causeAt", document.causeAt())
                .put("confidence", document.confidence())
                .put("openedAt", document.openedAt().toString())
                .put("changedAt", document.changedAt().toString())
                .put("resolvedAt", document.resolvedAt().toString());
    }
}
