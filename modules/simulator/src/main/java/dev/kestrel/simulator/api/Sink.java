package dev.kestrel.simulator.api;

/** The client's end of a stream that lasts: a WebSocket or a chunked response. */
interface Sink {
    void send(String text);

    /** Ends the stream in order. */
    void end();

    /** Cuts the connection, as a crash would. */
    void drop();

    /** Called once when the client has gone or the stream was ended. */
    void onClosed(Runnable task);
}
