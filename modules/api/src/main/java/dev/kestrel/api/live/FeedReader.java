package dev.kestrel.api.live;

import dev.kestrel.api.access.ClusterJson;
import dev.kestrel.api.incident.IncidentJson;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.incident.IncidentArchive.Filter;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what a client is to be told when it connects, or when it has missed something. */
final class FeedReader {
    private static final int OPEN_AT_MOST = 500;
    private static final int RESOLVED_AT_MOST = 100;
    private static final List<String> OPEN = List.of("OPEN", "ACKNOWLEDGED", "MITIGATED");

    private final IncidentArchive archive;
    private final Clusters clusters;
    private final Context here;

    FeedReader(IncidentArchive archive, Clusters clusters, Context here) {
        this.archive = archive;
        this.clusters = clusters;
        this.here = here;
    }

    /**
     * The message to send.
     *
     * @param known revisions that the client holds; empty for a snapshot
     */
    Future<String> whole(String tenant, Map<String, Long> known) {
        var open = documents(tenant, OPEN, OPEN_AT_MOST);
        var resolved = documents(tenant, List.of("RESOLVED"), RESOLVED_AT_MOST);
        var all = Future.fromCompletionStage(clusters.list(tenant), here);
        return Future.all(open, resolved, all)
                .map(
                        _ -> {
                            var incidents = new JsonArray();
                            Stream.concat(open.result().stream(), resolved.result().stream())
                                    .filter(it -> it.revision() > known.getOrDefault(it.id(), 0L))
                                    .forEach(it -> incidents.add(IncidentJson.summary(it)));
                            var registered = new JsonArray();
                            all.result().forEach(it -> registered.add(ClusterJson.of(it)));
                            return FeedMessage.whole(
                                    known.isEmpty() ? "snapshot" : "resumed",
                                    incidents,
                                    registered);
                        });
    }

    private Future<List<Document>> documents(String tenant, List<String> statuses, int limit) {
        var filter = new Filter(statuses, List.of(), List.of(), "", "", limit);
        return Future.fromCompletionStage(archive.list(tenant, filter), here)
                .map(IncidentArchive.Page::documents);
    }
}
