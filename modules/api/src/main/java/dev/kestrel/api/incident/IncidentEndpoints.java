package dev.kestrel.api.incident;

import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Code;
import dev.kestrel.api.http.Problem;
import dev.kestrel.api.http.Reply;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.incident.IncidentArchive.Filter;
import dev.kestrel.domain.incident.Severity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Listing and reading incidents. */
public final class IncidentEndpoints {
    private final IncidentArchive archive;

    public IncidentEndpoints(IncidentArchive archive) {
        this.archive = archive;
    }

    public Future<Reply> list(Call call) {
        var query = call.query();
        var filter =
                new Filter(
                        query.choices("status", Incident.Status.class),
                        query.choices("severity", Severity.class),
                        query.texts("cluster", 50, 64),
                        query.optionalText("text", 200),
                        query.optionalText("cursor", 300),
                        (int) query.number("limit", 50, 1, 500));
        query.check();
        return call.wait(archive.list(call.principal().tenant(), filter))
                .recover(IncidentEndpoints::explained)
                .map(IncidentEndpoints::page);
    }

    private static Future<IncidentArchive.Page> explained(Throwable failure) {
        return Future.failedFuture(
                failure instanceof IllegalArgumentException
                        ? Problem.of(Code.INVALID_REQUEST, "The cursor is not one of ours.")
                                .raised()
                        : failure);
    }

    private static Reply page(IncidentArchive.Page page) {
        var incidents = new JsonArray();
        page.documents().forEach(it -> incidents.add(IncidentJson.summary(it)));
        return Reply.json(new JsonObject().put("incidents", incidents).put("next", page.next()));
    }

    /** The document goes out as it was stored. */
    public Future<Reply> read(Call call) {
        return find(archive, call).map(found -> new Reply.Json(200, found.json()));
    }

    static Future<Document> find(IncidentArchive archive, Call call) {
        return call.wait(archive.find(call.principal().tenant(), call.path("id")))
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                Problem.of(
                                                                Code.NOT_FOUND,
                                                                "There is no such incident.")
                                                        .raised()));
    }
}
