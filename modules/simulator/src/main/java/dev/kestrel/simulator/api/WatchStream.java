package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.api.Pages.Filter;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.store.Change;
import dev.kestrel.simulator.write.Refusal;

/** One watch: what changed since a version, then every change as it happens, and bookmarks. */
final class WatchStream {
    private final Filter filter;
    private final Sink sink;
    private final boolean bookmarks;
    private Runnable unsubscribe = () -> {};

    private WatchStream(Filter filter, Sink sink, boolean bookmarks) {
        this.filter = filter;
        this.sink = sink;
        this.bookmarks = bookmarks;
    }

    /** Starts sending. Must be called while nobody else is inside the cluster. */
    static WatchStream open(Inside inside, Target target, Sink sink) {
        var stream = new WatchStream(Filter.of(target), sink, target.flag("allowWatchBookmarks"));
        var text = target.parameter("resourceVersion");
        var store = inside.store();
        if (text.isEmpty() || text.equals("0")) {
            store.list(stream.filter.type()).stream()
                    .filter(stream.filter::matches)
                    .forEach(object -> stream.send("ADDED", object.tree()));
        } else {
            long since = Long.parseLong(text);
            if (since < store.compacted()) {
                stream.refuse(since, store.compacted());
                return stream;
            }
            store.since(stream.filter.type(), since).forEach(stream::pass);
        }
        stream.unsubscribe = store.watch(stream::pass);
        return stream;
    }

    private void refuse(long since, long compacted) {
        var message = "too old resource version: %d (%d)".formatted(since, compacted);
        send("ERROR", Refusal.expired(message).status());
        sink.end();
    }

    /** Passes a change on as this watch sees it: an object may enter or leave its selection. */
    private void pass(Change change) {
        var now = filter.matches(change.object());
        var before = change.previous().map(filter::matches).orElse(false);
        if (change.kind() == Change.Kind.DELETED) {
            if (before) {
                send("DELETED", change.object().tree());
            }
        } else if (now) {
            send(before ? "MODIFIED" : "ADDED", change.object().tree());
        } else if (before) {
            send("DELETED", leaving(change).tree());
        }
    }

    /** An object that leaves the selection is shown as it last was in it. */
    private static KubeObject leaving(Change change) {
        var version = Long.toString(change.revision());
        return change.before()
                .with(tree -> Json.ensure(tree, "metadata").put("resourceVersion", version));
    }

    /** Tells the client how far it has seen, so that it can resume there. */
    void bookmark(long revision) {
        if (bookmarks) {
            var object = Json.object().put("kind", filter.type().kind());
            object.put("apiVersion", filter.type().apiVersion());
            var metadata = object.putObject("metadata");
            metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
            send("BOOKMARK", object);
        }
    }

    private void send(String type, JsonNode object) {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", object);
        sink.send(event + "\n");
    }

    void close() {
        unsubscribe.run();
    }
}
