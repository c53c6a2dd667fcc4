package dev.kestrel.api.access;

import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Reply;
import dev.kestrel.domain.access.AuditLog;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;

/** Who did what, page by page. */
public final class AuditEndpoint {
    private final AuditLog audit;

    public AuditEndpoint(AuditLog audit) {
        this.audit = audit;
    }

    public Future<Reply> list(Call call) {
        var query = call.query();
        var before = query.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        var limit = (int) query.number("limit", 100, 1, 500);
        query.check();
        return call.wait(audit.list(call.principal().tenant(), before, limit))
                .map(entries -> Reply.json(page(entries, limit)));
    }

    /** Number 1 is the oldest there is, so a page that ends with it is the last. */
    private static JsonObject page(List<AuditLog.Entry> entries, int limit) {
        var all = new JsonArray();
        for (var entry : entries) {
            all.add(
                    new JsonObject()
                            .put("number", entry.number())
                            .put("at", entry.at().toString())
                            .put("by", entry.by())
                            .put("action", entry.action())
                            .put("subject", entry.subject())
                            .put("detail", entry.detail())
                            .put("hash", entry.hash()));
        }
        var more = entries.size() == limit && entries.getLast().number() > 1;
        return new JsonObject()
                .put("entries", all)
                .put("next", more ? entries.getLast().number() : 0);
    }
}
