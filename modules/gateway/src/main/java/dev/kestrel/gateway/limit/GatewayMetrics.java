package dev.kestrel.gateway.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything the gateway counts. Labels come from enums, never from what a client sent. */
public final class GatewayMetrics {
    private static final Family SIGNALS =
            new Family("kestrel_signals_received", "", "Signals handed to their cluster's owner");
    private static final Family BATCHES =
            new Family("kestrel_batches_received", "outcome", "Batches on telemetry streams");
    private static final Family ENDED =
            new Family("kestrel_streams_ended", "reason", "Streams of operators that ended");
    private static final Family ENROLMENTS =
            new Family("kestrel_enrolments", "outcome", "Attempts to get a certificate");
    private static final Family COMMANDS =
            new Family("kestrel_commands_dispatched", "outcome", "Commands that were to go down");
    private static final Family CONNECTIONS_REFUSED =
            new Family("kestrel_connections_refused", "reason", "Connections that were not to be");
    private static final Family LIMITS =
            new Family("kestrel_limit_hit", "limit", "Limits that were hit");

    private final Counter signalsReceived;
    private final Map<BatchFate, Counter> batches;
    private final Map<Ended, Counter> ended;
    private final Map<Enrolled, Counter> enrolments;
    private final Map<Dispatched, Counter> commands;
    private final Map<Refused, Counter> connectionsRefused;
    private final Map<Limit, Counter> limits;
    private final Timer acknowledged;
    private final AtomicInteger telemetry = new AtomicInteger();
    private final AtomicInteger control = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    public GatewayMetrics(MeterRegistry meters) {
        signalsReceived = SIGNALS.counter(meters);
        batches = BATCHES.counters(meters, BatchFate.class);
        ended = ENDED.counters(meters, Ended.class);
        enrolments = ENROLMENTS.counters(meters, Enrolled.class);
        commands = COMMANDS.counters(meters, Dispatched.class);
        connectionsRefused = CONNECTIONS_REFUSED.counters(meters, Refused.class);
        limits = LIMITS.counters(meters, Limit.class);
        acknowledged =
                Timer.builder("kestrel_batch_acknowledged")
                        .description("From a batch's arrival to its acknowledgement")
                        .publishPercentileHistogram()
                        .register(meters);
        gauge(meters, "kestrel_telemetry_streams", "Open telemetry streams", telemetry);
        gauge(meters, "kestrel_control_streams", "Open control streams", control);
        gauge(meters, "kestrel_operator_connections", "Open connections", connections);
    }

    /** Counters of one name, one for each value of a label. */
    private record Family(String name, String label, String help) {
        Counter counter(MeterRegistry meters) {
            return Counter.builder(name).description(help).register(meters);
        }

        <E extends Enum<E>> Map<E, Counter> counters(MeterRegistry meters, Class<E> values) {
            var counters = new EnumMap<E, Counter>(values);
            for (var value : values.getEnumConstants()) {
                var text = value.name().toLowerCase(Locale.ROOT);
                var counter = Counter.builder(name).description(help).tag(label, text);
                counters.put(value, counter.register(meters));
            }
            return counters;
        }
    }

    /** What became of a batch. */
    public enum BatchFate {
        HANDED_OVER,
        DUPLICATE,
        REFUSED
    }

    /** Why a stream ended. */
    public enum Ended {
        LEFT,
        BROKEN,
        MALFORMED,
        OUT_OF_ORDER,
        OWNER_GONE,
        SILENT,
        REPLACED,
        UNAUTHENTICATED,
        DRAINED,
        REFUSED
    }

    /** How an attempt to get a certificate ended. */
    public enum Enrolled {
        ENROLLED,
        RENEWED,
        MALFORMED,
        TOKEN_REFUSED,
        TOO_MANY,
        FAILED
    }

    /** What became of a command. */
    public enum Dispatched {
        TAKEN,
        UNREACHABLE,
        DECLINED
    }

    /** Why a peer is not served. */
    public enum Refused {
        /** It showed no certificate. */
        NO_CERTIFICATE,
        EXPIRED,
        NOT_YET_VALID,
        /** Of another authority, of none, or not for clients. */
        UNTRUSTED,
        /** The certificate names no cluster, several, or one of another trust domain. */
        NO_CLUSTER,
        /** Revoked, or of a cluster that does not exist. */
        REVOKED,
        /** The handshake broke for another reason: no TLS 1.3, no HTTP/2, no TLS at all. */
        HANDSHAKE
    }

    /** Limits that can be hit. */
    public enum Limit {
        CREDIT,
        RATE,
        CONNECTIONS,
        CONNECTIONS_OF_CLUSTER,
        CALLS,
        COMMANDS_IN_FLIGHT,
        OUTCOMES_WAITING,
        OUTCOME_DROPPED,
        SILENCE,
        WRITE_QUEUE
    }

    public void signalsReceived(int count) {
        signalsReceived.increment(count);
    }

    public void batch(BatchFate fate) {
        of(batches, fate).increment();
    }

    /** A clock that was set back meanwhile has measured nothing. */
    public void acknowledged(Duration after) {
        if (!after.isNegative()) {
            acknowledged.record(after);
        }
    }

    public void ended(Ended reason) {
        of(ended, reason).increment();
    }

    public void enrolment(Enrolled outcome) {
        of(enrolments, outcome).increment();
    }

    public void command(Dispatched outcome) {
        of(commands, outcome).increment();
    }

    public void refused(Refused reason) {
        of(connectionsRefused, reason).increment();
    }

    public void hit(Limit limit) {
        of(limits, limit).increment();
    }

    /** Open telemetry streams. */
    public AtomicInteger telemetryStreams() {
        return telemetry;
    }

    /** Open control streams. */
    public AtomicInteger controlStreams() {
        return control;
    }

    /** Open connections of the stream port. */
    public AtomicInteger connections() {
        return connections;
    }

    private static void gauge(MeterRegistry meters, String name, String help, AtomicInteger count) {
        Gauge.builder(name, count, AtomicInteger::get).description(help).register(meters);
    }

    private static <E extends Enum<E>> Counter of(Map<E, Counter> counters, E value) {
        var counter = counters.get(value);
        if (counter == null) {
            throw new IllegalStateException("every value has a counter: " + value);
        }
        return counter;
    }
}
