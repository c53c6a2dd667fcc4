package dev.kestrel.gateway.session;

import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Context;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which stream is the newest of its cluster on this node, whatever event loop it is on. An operator
 * that connects again has forgotten its older stream, so that one is ended.
 */
public final class Newest {
    private final ConcurrentMap<ClusterRef, Stream> streams = new ConcurrentHashMap<>();

    /** A stream that can be told that it is not the newest any more. */
    public static final class Stream {
        private final Context context;
        private final Runnable onReplaced;

        /**
         * @param context that {@code onReplaced} runs on
         */
        public Stream(Context context, Runnable onReplaced) {
            this.context = context;
            this.onReplaced = onReplaced;
        }
    }

    /** This one is the newest from now on. */
    public void announce(ClusterRef cluster, Stream stream) {
        var older = streams.put(cluster, stream);
        if (older != null) {
            older.context.runOnContext(go -> older.onReplaced.run());
        }
    }

    /** A stream ended. */
    public void forget(ClusterRef cluster, Stream stream) {
        streams.remove(cluster, stream);
    }
}
