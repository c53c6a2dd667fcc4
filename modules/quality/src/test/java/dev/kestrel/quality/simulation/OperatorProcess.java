package dev.kestrel.quality.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.executor.VirtualHands;
import dev.kestrel.operator.link.OperatorEnd;
import dev.kestrel.operator.link.Outbox;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One boot of the operator, from its first snapshot until it ends: the real spool, both real
 * conversations, and the real memory of what was answered.
 */
final class OperatorProcess {
    private static final SpoolLimits LIMITS =
            new SpoolLimits(20_000, 16L << 20, 20, Duration.ofMillis(100));

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final World world;
    private final Customer customer;
    private final String bootId;
    private final VirtualNode process;
    private final List<Signal> told = new ArrayList<>();
    private final Outbox outbox;
    private final Supplier<Optional<CloudNode>> nodes;
    private final Line<TelemetryUp, TelemetryDown> telemetry;
    private final Line<ControlUp, ControlDown> control;

    /**
     * @param nodes where the next stream ends; empty when no node answers
     * @param deed what a command does
     */
    OperatorProcess(
            String bootId,
            World world,
            Customer customer,
            VirtualBus bus,
            Supplier<Optional<CloudNode>> nodes,
            Function<Command, Outcome> deed) {
        this.bootId = bootId;
        this.world = world;
        this.customer = customer;
        this.nodes = nodes;
        process = new VirtualNode(customer.operator(), world.timeline());
        outbox = new Outbox(LIMITS, process.clock());
        var context = VirtualVertx.context(process);
        telemetry =
                new Line<>(
                        OperatorEnd.telemetry(
                                hello(),
                                outbox,
                                process.clock(),
                                VirtualVertx.of(process, bus),
                                context,
                                () -> tell(customer.snapshot()),
                                this::leaveWithin),
                        TelemetryDown.parser(),
                        this::heard,
                        (node, stream) -> node.telemetry(customer.ref(), stream));
        control =
                new Line<>(
                        OperatorEnd.control(
                                bootId,
                                new VirtualHands(this::later, deed),
                                process.clock(),
                                context),
                        ControlDown.parser(),
                        _ -> {},
                        (node, stream) -> node.control(customer.ref(), stream));
        tell(customer.snapshot());
        telemetry.connect();
        control.connect();
        beat();
    }

    private Hello hello() {
        return Hello.newBuilder()
                .setBootId(bootId)
                .setOperatorVersion("0.1.0")
                .setKubernetesVersion("v1.36.3")
                .setWriteEnabled(true)
                .addAllWriteNamespaces(List.of("shop", "payments", "kube-system"))
                .addAllWriteKinds(List.of("Deployment", "StatefulSet", "DaemonSet", "Service"))
                .build();
    }

    private void beat() {
        process.after(
                HEARTBEAT,
                () -> {
                    telemetry.beat();
                    control.beat();
                    beat();
                });
    }

    private void later(Runnable deed) {
        process.after(
                world.timeline().between(50, 2_000),
                () -> {
                    if (!control.isOpen()) {
                        world.chronicle().count(Happening.OUTCOME_LOST);
                    }
                    deed.run();
                });
    }

    private void leaveWithin(Duration time) {
        process.after(
                world.timeline().between(1, Math.toIntExact(time.toMillis())), telemetry::leave);
    }

    /** What is acknowledged must be in the journal. */
    private void heard(TelemetryDown message) {
        var journalled = customer.ledger().sequence(bootId);
        if (message.hasAck() && message.getAck().getSequence() > journalled) {
            world.timeline()
                    .broken(
                            "%s: %d is acknowledged, the journal has %d"
                                    .formatted(bootId, message.getAck().getSequence(), journalled));
        }
    }

    String bootId() {
        return bootId;
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

    void breakStreams(boolean alsoControl) {
        telemetry.breakOff();
        if (alsoControl) {
            control.breakOff();
        }
    }

    void kill() {
        breakStreams(true);
        process.kill();
    }

    /** One of the operator's streams, opened again whenever it is gone. */
    private final class Line<Q extends MessageLite, R> {
        private final OperatorEnd<Q, R> end;
        private final Parser<R> parser;
        private final Consumer<R> heard;
        private final Serving<Q, R> serving;
        private Optional<Stream<Q, R>> stream = Optional.empty();
        private int streams;
        private boolean open;

        Line(OperatorEnd<Q, R> end, Parser<R> parser, Consumer<R> heard, Serving<Q, R> serving) {
            this.end = end;
            this.parser = parser;
            this.heard = heard;
            this.serving = serving;
        }

        void connect() {
            var node = nodes.get();
            if (node.isEmpty()) {
                process.after(world.timeline().between(200, 2_000), this::connect);
                return;
            }
            var number = ++streams;
            var next =
                    new Stream<>(world, process, end, node.get(), this::read, () -> lost(number));
            stream = Optional.of(next);
            open = true;
            next.open(opened -> serving.serve(node.get(), opened));
        }

        private R read(byte[] message) {
            try {
                var read = parser.parseFrom(message);
                heard.accept(read);
                return read;
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("the gateway said something that cannot be read", e);
            }
        }

        private void lost(int number) {
            if (number == streams) {
                streams++;
                open = false;
                end.closed();
                process.after(world.timeline().between(100, 3_000), this::connect);
            }
        }

        boolean isOpen() {
            return open;
        }

        void beat() {
            stream.ifPresent(Stream::beat);
        }

        void leave() {
            stream.ifPresent(Stream::leave);
        }

        void breakOff() {
            stream.ifPresent(Stream::breakOff);
        }
    }

    /** The gateway's end of a stream at a node. */
    private interface Serving<Q extends MessageLite, R> {
        GatewayEnd serve(CloudNode node, Stream<Q, R> stream);
    }
}
