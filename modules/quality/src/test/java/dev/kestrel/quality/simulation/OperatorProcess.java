package dev.kestrel.quality.simulation;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.link.OperatorEnd;
import dev.kestrel.operator.link.Outbox;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.protocol.wire.v1.Hello;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One boot of the operator, from its first snapshot until it ends: the real spool and the real
 * conversation.
 */
final class OperatorProcess {
    private static final SpoolLimits LIMITS =
            new SpoolLimits(20_000, 16L << 20, 20, Duration.ofMillis(100));

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Timeline timeline;
    private final VirtualNode process;
    private final List<Signal> told = new ArrayList<>();
    private final Outbox outbox;
    private final OperatorEnd end;
    private final Supplier<Optional<CloudNode>> nodes;
    private final Watch watch;
    private final String bootId;
    private Optional<Stream> stream = Optional.empty();
    private int streams;

    /**
     * @param nodes where the next stream ends; empty when no node answers
     */
    OperatorProcess(
            String bootId,
            Timeline timeline,
            VirtualBus network,
            Story story,
            Supplier<Optional<CloudNode>> nodes,
            Watch watch) {
        this.bootId = bootId;
        this.timeline = timeline;
        this.nodes = nodes;
        this.watch = watch;
        process = new VirtualNode(bootId, timeline);
        outbox = new Outbox(LIMITS, timeline);
        end =
                new OperatorEnd(
                        hello(bootId),
                        outbox,
                        timeline,
                        VirtualVertx.of(process, network),
                        VirtualVertx.context(process),
                        () -> tell(story.snapshot(timeline.instant())));
        tell(story.snapshot(timeline.instant()));
        connect();
        beat();
    }

    private static Hello hello(String bootId) {
        var opened = Diary.opened("", bootId);
        return Hello.newBuilder()
                .setBootId(bootId)
                .setOperatorVersion(opened.operatorVersion())
                .setKubernetesVersion(opened.kubernetesVersion())
                .setWriteEnabled(opened.writeEnabled())
                .addAllWriteNamespaces(opened.writeNamespaces())
                .addAllWriteKinds(opened.writeKinds())
                .build();
    }

    private void beat() {
        process.after(
                HEARTBEAT,
                () -> {
                    end.beat();
                    beat();
                });
    }

    String bootId() {
        return bootId;
    }

    long acknowledged() {
        return end.acknowledged();
    }

    /** Everything that was put in the spool, in order. */
    List<Signal> told() {
        return List.copyOf(told);
    }

    /** Signals that are not durable yet. */
    int held() {
        return outbox.size();
    }

    void tell(List<Signal> signals) {
        told.addAll(signals);
        signals.forEach(outbox::accept);
    }

    void breakStream() {
        stream.ifPresent(Stream::breakOff);
    }

    void kill() {
        stream.ifPresent(Stream::breakOff);
        process.kill();
    }

    private void connect() {
        var node = nodes.get();
        if (node.isEmpty()) {
            process.after(timeline.between(200, 2_000), this::connect);
            return;
        }
        var number = ++streams;
        var next =
                new Stream(timeline, process, end, node.get(), bootId, watch, () -> lost(number));
        stream = Optional.of(next);
        next.open();
    }

    private void lost(int number) {
        if (number == streams) {
            streams++;
            end.closed();
            process.after(timeline.between(100, 3_000), this::connect);
        }
    }
}
