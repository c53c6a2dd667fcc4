package dev.kestrel.gateway.call;

import com.google.protobuf.MessageLite;

import dev.kestrel.gateway.call.Deframer.Next;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;

import java.util.function.Consumer;

/**
 * One gRPC call, seen from the server. Messages arrive one by one while it is not paused; it ends
 * exactly once, and {@link #onEnd} says how, whichever of the signals of HTTP/2 tells it first.
 */
public final class Call {
    /** A peer that does not stop sending into an ended call is cut off after this long. */
    private static final long LEAVE_MILLIS = 2_000;

    private static final long CANCEL = 8;
    private static final int WRITE_QUEUE_BYTES = 64 << 10;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Deframer deframer;
    private Consumer<byte[]> onMessage = bytes -> {};
    private Runnable onHalfClose = () -> finish(GrpcStatus.OK, "");
    private Consumer<Ending> onEnd = ending -> {};
    private boolean paused;
    private boolean draining;
    private boolean requestEnded;
    private boolean halfClosed;
    private boolean ended;

    Call(Vertx vertx, HttpServerRequest request, int maxMessageBytes) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.deframer =
                new Deframer(
                        maxMessageBytes, "gzip".equals(request.getHeader(Calls.ENCODING_HEADER)));
        response.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        request.handler(this::onChunk);
        request.endHandler(end -> onHalfClose());
        request.exceptionHandler(failure -> broken());
        response.exceptionHandler(failure -> broken());
        response.closeHandler(closed -> broken());
    }

    /** How a call ended. */
    public sealed interface Ending {
        /** The other side cancelled, or the connection is gone. */
        record Broken() implements Ending {}

        /** This side ended it. */
        record Finished(GrpcStatus status) implements Ending {}
    }

    /** What to do with each message; what it throws ends the call, and only this call. */
    public void onMessage(Consumer<byte[]> handler) {
        this.onMessage = handler;
    }

    /**
     * Told once, when the other side will send nothing more and every message was handled; without
     * a handler the call then ends with {@code OK}.
     */
    public void onHalfClose(Runnable handler) {
        this.onHalfClose = handler;
    }

    /** Told once, when the call ended. */
    public void onEnd(Consumer<Ending> handler) {
        this.onEnd = handler;
    }

    /** Told whenever {@link #isFull} may have become false. */
    public void onDrain(Runnable handler) {
        response.drainHandler(drained -> handler.run());
    }

    public HttpConnection connection() {
        return request.connection();
    }

    public boolean isEnded() {
        return ended;
    }

    /** Stops reading: the flow control of HTTP/2 then stops the sender. */
    public void pause() {
        paused = true;
        if (!requestEnded) {
            request.pause();
        }
    }

    /** Reads on, after {@link #pause}. */
    public void resume() {
        if (!paused || ended) {
            return;
        }
        paused = false;
        drain();
        if (!paused && !ended && !requestEnded) {
            request.resume();
        }
    }

    /** The other side does not read what was sent so far. */
    public boolean isFull() {
        return !ended && response.writeQueueFull();
    }

    /** Sends a message; nothing happens once the call has ended. */
    public Future<Void> send(MessageLite message) {
        if (ended) {
            return Future.failedFuture("the call has ended");
        }
        var bytes = message.toByteArray();
        return response.write(
                Buffer.buffer(bytes.length + 5)
                        .appendByte((byte) 0)
                        .appendInt(bytes.length)
                        .appendBytes(bytes));
    }

    /**
     * Ends the call with a status.
     *
     * @param why for the person who reads the operator's log; empty with {@code OK}
     */
    public void finish(GrpcStatus status, String why) {
        if (ended) {
            return;
        }
        pause();
        var trailers = response.headWritten() ? response.trailers() : response.headers();
        trailers.set("grpc-status", Integer.toString(status.code));
        if (!why.isEmpty()) {
            trailers.set("grpc-message", StatusText.encode(why));
        }
        response.end();
        end(new Ending.Finished(status));
        if (!requestEnded) {
            vertx.setTimer(LEAVE_MILLIS, timer -> response.reset(CANCEL));
        }
    }

    private void onChunk(Buffer chunk) {
        if (ended) {
            return;
        }
        deframer.feed(chunk);
        drain();
    }

    private void drain() {
        if (draining) {
            return; // A handler resumed; the loop below goes on by itself.
        }
        draining = true;
        try {
            while (!paused && !ended && take(deframer.next())) {}
        } catch (RuntimeException e) {
            Calls.LOG.atError().setCause(e).log("message handler failed");
            finish(GrpcStatus.INTERNAL, "internal error");
        } finally {
            draining = false;
        }
        if (requestEnded && !paused && !ended && !halfClosed) {
            halfClosed = true;
            onHalfClose.run();
        }
    }

    private boolean take(Next next) {
        return switch (next) {
            case Next.Wanting() -> false;
            case Next.Message(var bytes) -> {
                onMessage.accept(bytes);
                yield true;
            }
            case Next.Broken(var status, var why) -> {
                finish(status, why);
                yield false;
            }
        };
    }

    private void onHalfClose() {
        requestEnded = true;
        drain();
    }

    private void broken() {
        requestEnded = true;
        end(new Ending.Broken());
    }

    private void end(Ending ending) {
        if (!ended) {
            ended = true;
            deframer.drop();
            onEnd.accept(ending);
        }
    }
}
