package dev.kestrel.bus;

import dev.kestrel.domain.signal.ClusterRef;

import java.util.function.Function;

/**
 * Where a message goes and how hard we try. The kind is the promise: a fact cannot be asked, work
 * cannot be broadcast, and what is said on one node never leaves it.
 */
public sealed interface Topic<M> {
    String name();

    Class<M> message();

    /** Told to everyone who listens; may be lost; listeners re-read the state they missed. */
    record Fact<M>(String name, Class<M> message) implements Topic<M> {}

    /** Answered. Nobody there is an answer, not an error: the asker tries again or says so. */
    sealed interface Question<M, R> extends Topic<M> {
        Class<R> reply();
    }

    /**
     * Given to whoever serves the key, on whichever node.
     *
     * @param key begins with the tenant
     */
    record Ask<M, R>(String name, Class<M> message, Class<R> reply, Function<M, String> key)
            implements Question<M, R> {}

    /**
     * Given to whoever serves the key on this node; costs no encoding, needs no other node, and
     * cannot reach one.
     */
    record Here<M, R>(String name, Class<M> message, Class<R> reply, Function<M, String> key)
            implements Question<M, R> {}

    /**
     * Given to the node that owns the cluster, by what is written about owners and not by what the
     * bus believes. That node serves it under its own id.
     */
    record ToOwner<M, R>(
            String name, Class<M> message, Class<R> reply, Function<M, ClusterRef> cluster)
            implements Question<M, R> {}
}
