package dev.kestrel.api.live;

import dev.kestrel.domain.access.Principal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One dashboard that watches. While it catches up, changes wait for it, the newest of each, up to a
 * limit; what it cannot take because it reads too slowly is dropped, and it catches up again. For
 * one event loop.
 */
final class FeedClient {
    /** Changes that wait while a snapshot is read; beyond that the snapshot is read again. */
    private static final int WAITING_AT_MOST = 256;

    private final ServerWebSocket socket;
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private Optional<Principal> principal = Optional.empty();
    private Instant until = Instant.EPOCH;
    private State state = State.CATCHING_UP;
    private boolean missed;
    private boolean answeredPing = true;
    private boolean closed;

    private enum State {
        CATCHING_UP,
        LIVE,
        /** Its queue is full: nothing is sent until it has drained. */
        BEHIND
    }

    /** What the feed does next about a client. */
    enum Next {
        NOTHING,
        CATCH_UP
    }

    FeedClient(ServerWebSocket socket) {
        this.socket = socket;
    }

    Optional<Principal> principal() {
        return principal;
    }

    Instant until() {
        return until;
    }

    /** False when the token is somebody else's than the one before. */
    boolean trust(Principal whose, Instant end) {
        var same =
                principal
                        .map(
                                it ->
                                        it.tenant().equals(whose.tenant())
                                                && it.user().equals(whose.user()))
                        .orElse(true);
        if (same) {
            principal = Optional.of(whose);
            until = end;
        }
        return same;
    }

    /**
     * Sends a change, or keeps it until the client has caught up.
     *
     * @param key what it is about; a newer one replaces it
     */
    void offer(String key, String message) {
        switch (state) {
            case LIVE -> send(message);
            case CATCHING_UP -> {
                if (waiting.size() < WAITING_AT_MOST || waiting.containsKey(key)) {
                    waiting.put(key, message);
                } else {
                    missed = true;
                }
            }
            case BEHIND -> missed = true;
        }
    }

    void beginCatchingUp() {
        state = State.CATCHING_UP;
        missed = false;
        waiting.clear();
    }

    /** Sends what was read, then what came meanwhile. */
    Next caughtUp(String whole) {
        if (missed) {
            return Next.CATCH_UP;
        }
        state = State.LIVE;
        send(whole);
        var late = Map.copyOf(waiting);
        waiting.clear();
        late.values().forEach(this::send);
        return Next.NOTHING;
    }

    private void send(String message) {
        if (!closed) {
            socket.writeTextMessage(message);
        }
    }

    /** True once, when the client has just fallen behind. */
    boolean fellBehind() {
        if (state == State.LIVE && !closed && socket.writeQueueFull()) {
            state = State.BEHIND;
            return true;
        }
        return false;
    }

    /** False when the ping before was not answered. */
    boolean ping(Buffer payload) {
        if (closed || !answeredPing) {
            return false;
        }
        answeredPing = false;
        socket.writePing(payload);
        return true;
    }

    void onPong() {
        answeredPing = true;
    }

    void onClosed() {
        closed = true;
    }

    ServerWebSocket socket() {
        return socket;
    }

    void end(Goodbye goodbye) {
        if (!closed) {
            closed = true;
            socket.close(goodbye.code(), goodbye.reason());
        }
    }
}
