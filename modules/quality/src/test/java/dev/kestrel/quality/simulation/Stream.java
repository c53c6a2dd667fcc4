package dev.kestrel.quality.simulation;

import dev.kestrel.operator.link.OperatorEnd;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import java.time.Duration;
import java.time.Instant;

/**
 * The wire between an operator and a gateway. Each direction keeps its order, but for what the
 * faults do to it; when it breaks, either end notices at a time of its own.
 */
final class Stream {
    private final Timeline timeline;
    private final VirtualNode operator;
    private final OperatorEnd near;
    private final CloudNode node;
    private final GatewayEnd far;
    private final String bootId;
    private final Watch watch;
    private final Runnable lost;
    private Instant lastUp = Instant.MIN;
    private Instant lastDown = Instant.MIN;
    private boolean broken;

    /**
     * @param lost the operator's news that the stream is gone
     */
    Stream(
            Timeline timeline,
            VirtualNode operator,
            OperatorEnd near,
            CloudNode node,
            String bootId,
            Watch watch,
            Runnable lost) {
        this.timeline = timeline;
        this.operator = operator;
        this.near = near;
        this.node = node;
        this.bootId = bootId;
        this.watch = watch;
        this.lost = lost;
        far = new GatewayEnd(node.around(), Diary.CLUSTER, this::down, this::end);
    }

    void open() {
        node.add(this);
        near.open(this::up);
    }

    private void up(TelemetryUp message) {
        var slow = watch.isTroubled() ? timeline.between(500, 4_000) : Duration.ZERO;
        var at = timeline.instant().plus(timeline.between(1, 40)).plus(slow);
        if (watch.isTroubled()) {
            arrive(at, message);
            if (timeline.chance(0.5)) {
                return; // It may be overtaken, or overtake.
            }
        }
        lastUp = at.isAfter(lastUp) ? at : lastUp.plusNanos(1);
        arrive(lastUp, message);
    }

    private void arrive(Instant at, TelemetryUp message) {
        node.process()
                .after(
                        Duration.between(timeline.instant(), at),
                        () -> {
                            if (!broken) {
                                far.hear(message);
                            }
                        });
    }

    private void down(TelemetryDown message) {
        var journalled = watch.journalled(bootId);
        if (message.hasAck() && message.getAck().getSequence() > journalled) {
            timeline.broken(
                    "%d is acknowledged, the journal has %d"
                            .formatted(message.getAck().getSequence(), journalled));
        }
        var slow = watch.isTroubled() ? timeline.between(500, 4_000) : Duration.ZERO;
        var at = timeline.instant().plus(timeline.between(1, 40)).plus(slow);
        lastDown = at.isAfter(lastDown) ? at : lastDown.plusNanos(1);
        operator.after(
                Duration.between(timeline.instant(), lastDown),
                () -> {
                    if (!broken) {
                        near.hear(message);
                    }
                });
    }

    private void end() {
        watch.onRefused();
        breakOff();
    }

    /** The connection is cut. What was on its way up may still arrive. */
    void breakOff() {
        if (broken) {
            return;
        }
        node.process()
                .after(
                        timeline.between(1, 3_000),
                        () -> {
                            broken = true;
                            far.closed();
                        });
        lost();
    }

    /** The operator notices that the stream is gone. */
    void lost() {
        operator.after(timeline.between(1, 200), lost);
    }
}
