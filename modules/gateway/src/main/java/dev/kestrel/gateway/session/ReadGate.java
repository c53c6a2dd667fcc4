package dev.kestrel.gateway.session;

import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.limit.GatewayMetrics.Limit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Reads from a stream only while nothing speaks against it. */
final class ReadGate {
    /** What even the smallest message costs, in bytes that would have cost as much. */
    private static final int MESSAGE_BYTES = 256;

    private final Surroundings around;
    private final Call call;
    private final Pulse pulse;
    private final Set<Hold> holds = EnumSet.noneOf(Hold.class);

    ReadGate(Surroundings around, Call call, Pulse pulse) {
        this.around = around;
        this.call = call;
        this.pulse = pulse;
    }

    /** What speaks against reading. */
    enum Hold {
        /** The owner is being asked whether it takes the cluster. */
        OPENING,
        /** As much is unanswered as may be. */
        CREDIT,
        /** The cluster sent faster than it may. */
        RATE
    }

    /** Bytes that a message counts for. */
    static int cost(byte[] message) {
        return message.length + MESSAGE_BYTES;
    }

    void hold(Hold why) {
        if (holds.isEmpty()) {
            call.pause();
            pulse.reading(false);
        }
        holds.add(why);
    }

    void release(Hold why) {
        if (holds.remove(why) && holds.isEmpty() && !call.isEnded()) {
            pulse.reading(true);
            call.resume();
        }
    }

    void holdWhile(boolean full, Limit limit) {
        if (full && !holds.contains(Hold.CREDIT)) {
            around.metrics().hit(limit);
            hold(Hold.CREDIT);
        } else if (!full) {
            release(Hold.CREDIT);
        }
    }

    void holdFor(Duration wait) {
        if (wait.isPositive()) {
            around.metrics().hit(Limit.RATE);
            hold(Hold.RATE);
            around.vertx().setTimer(wait.toMillis() + 1, timer -> release(Hold.RATE));
        }
    }
}
