package dev.kestrel.quality.simulation;

import com.google.protobuf.MessageLite;

import dev.kestrel.operator.link.OperatorEnd;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The wire between an operator and a gateway. Each direction keeps its order, but for what the
 * faults do to it; when it breaks, either end notices at a time of its own.
 *
 * @param <Q> messages up
 * @param <R> messages down
 */
final class Stream<Q extends MessageLite, R> {
    /** After so long without a word either side gives a stream up. */
    static final Duration SILENCE = Duration.ofSeconds(6);

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final World world;
    private final VirtualNode operator;
    private final OperatorEnd<Q, R> near;
    private final CloudNode node;
    private final Function<byte[], R> reading;
    private final Runnable lost;
    private Optional<GatewayEnd> far = Optional.empty();
    private Instant lastUp = Instant.MIN;
    private Instant lastDown = Instant.MIN;
    private Instant lastHeard;
    private boolean broken;
    private boolean leaving;

    /**
     * @param reading reads what the gateway says, when it says it
     * @param lost the operator's news that the stream is gone
     */
    Stream(
            World world,
            VirtualNode operator,
            OperatorEnd<Q, R> near,
            CloudNode node,
            Function<byte[], R> reading,
            Runnable lost) {
        this.world = world;
        this.operator = operator;
        this.near = near;
        this.node = node;
        this.reading = reading;
        this.lost = lost;
        lastHeard = world.timeline().instant();
    }

    /** Connects to the node and lets the operator speak. */
    void open(Function<Stream<Q, R>, GatewayEnd> gateway) {
        far = Optional.of(gateway.apply(this));
        node.add(this);
        near.open(this::up);
    }

    CloudNode node() {
        return node;
    }

    private void up(Q message) {
        if (leaving) {
            return;
        }
        var bytes = message.toByteArray();
        var at = up();
        if (world.chance(0.02)) {
            world.chronicle().count(Happening.MESSAGE_DOUBLED);
            arrive(at.plus(world.timeline().between(0, 2_000)), bytes);
            if (world.timeline().chance(0.5)) {
                return; // It may be overtaken, or overtake.
            }
        }
        arrive(at, bytes);
    }

    private Instant up() {
        var usual = world.timeline().instant().plus(world.latency());
        var at = world.network().arrival(operator.name(), node.name(), usual);
        lastUp = at.isAfter(lastUp) ? at : lastUp.plusNanos(1);
        return lastUp;
    }

    private void arrive(Instant at, byte[] message) {
        node.process()
                .at(
                        at,
                        () -> {
                            if (!broken) {
                                far.orElseThrow().hear(message);
                            }
                        });
    }

    /** The gateway says something. */
    void down(byte[] bytes) {
        var message = reading.apply(bytes);
        var usual = world.timeline().instant().plus(world.latency());
        var at = world.network().arrival(node.name(), operator.name(), usual);
        lastDown = at.isAfter(lastDown) ? at : lastDown.plusNanos(1);
        operator.at(
                lastDown,
                () -> {
                    if (!broken) {
                        lastHeard = world.timeline().instant();
                        near.hear(message);
                    }
                });
    }

    /** The gateway ends the stream. */
    void end() {
        world.chronicle().count(Happening.STREAM_ENDED_BY_GATEWAY);
        breakOff();
    }

    /** A sign of life, or the end of patience. */
    void beat() {
        var silent = Duration.between(lastHeard, world.timeline().instant());
        if (!broken && silent.compareTo(SILENCE) > 0) {
            breakOff();
        } else {
            near.beat();
        }
    }

    /** Half-closes, so that what is under way is still answered, and ends soon after. */
    void leave() {
        if (!broken && !leaving) {
            leaving = true;
            node.process().at(up(), () -> far.orElseThrow().halfClosed());
            operator.after(LEAVING, this::breakOff);
        }
    }

    /** The connection is cut. What was on its way up may still arrive. */
    void breakOff() {
        if (broken) {
            return;
        }
        node.process()
                .after(
                        world.timeline().between(1, 3_000),
                        () -> {
                            broken = true;
                            far.orElseThrow().closed();
                        });
        lost();
    }

    /** The operator notices that the stream is gone. */
    void lost() {
        operator.after(world.timeline().between(1, 200), lost);
    }
}
