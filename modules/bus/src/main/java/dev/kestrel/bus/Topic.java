package dev.kestrel.bus;

import java.util.function.Function;

/**
 * Where a message goes and how hard we try. The kind is the promise: a fact cannot be asked, work
 * cannot be broadcast.
 */
public sealed interface Topic<M> {
    String name();

    Class<M> message();

    /** Told to everyone who listens; may be lost; listeners re-read the state they missed. */
    record Fact<M>(String name, Class<M> message) implements Topic<M> {}

    /**
     * Given to whoever serves the key, and answered. Nobody there is an answer, not an error: the
     * asker tries again or says so.
     *
     * @param key begins with the tenant, or is a node's id
     */
    record Ask<M, R>(String name, Class<M> message, Class<R> reply, Function<M, String> key)
            implements Topic<M> {}
}
