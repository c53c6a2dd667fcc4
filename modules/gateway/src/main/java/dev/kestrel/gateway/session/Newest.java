package dev.kestrel.gateway.session;

import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Context;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Which stream is the newest of its cluster on this node, whatever event loop it is on. An operator
 * that connects again has forgotten its older stream, so that one is ended.
 */
public final class Newest {
    private final ConcurrentMap<ClusterRef, Stream> streams = new ConcurrentHashMap<>();

    /** Why a stream is to end. */
    public enum Why {
        /** The operator connected again. */
        REPLACED,
        /** The cluster's owner on this node is no more. */
        OWNER_GONE
    }

    /** A stream that can be told to end. */
    public static final class Stream {
        private final Context context;
        private final Consumer<Why> onEnd;

        /**
         * @param context that {@code onEnd} runs on
         */
        public Stream(Context context, Consumer<Why> onEnd) {
            this.context = context;
            this.onEnd = onEnd;
        }

        private void end(Why why) {
            context.runOnContext(go -> onEnd.accept(why));
        }
    }

    /** This one is the newest from now on. */
    public void announce(ClusterRef cluster, Stream stream) {
        var older = streams.put(cluster, stream);
        if (older != null) {
            older.end(Why.REPLACED);
        }
    }

    /** The cluster is owned elsewhere or by nobody: its stream here is to end. */
    public void leave(ClusterRef cluster) {
        var stream = streams.get(cluster);
        if (stream != null) {
            stream.end(Why.OWNER_GONE);
        }
    }

    /** A stream ended. */
    public void forget(ClusterRef cluster, Stream stream) {
        streams.remove(cluster, stream);
    }
}
