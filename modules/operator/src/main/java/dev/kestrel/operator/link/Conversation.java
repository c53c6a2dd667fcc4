package dev.kestrel.operator.link;

/**
 * What is said on one stream, without how it is kept open.
 *
 * @param <Q> messages up
 * @param <R> messages down
 */
interface Conversation<Q, R> {
    /** The stream is open; the first message is ours. */
    void onOpen(Speaker<Q> speaker);

    void onMessage(R message);

    /** There is room to write again. */
    void onRoom();

    /** The stream ended; {@link #onOpen} follows when there is a new one. */
    void onClosed();

    Q heartbeat();

    /** Says things on the open stream. */
    interface Speaker<Q> {
        void say(Q message);

        /** True when saying more now would only pile it up. */
        boolean isFull();

        /** Leaves at a random moment within the time, and opens a new stream at once. */
        void leaveWithin(java.time.Duration time);

        /** The cloud took us in: the next failure is a first one again. */
        void settled();
    }
}
