package dev.kestrel.operator.link;

import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.WireTime;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.SignalsShed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps signals until the cloud has made them durable, within limits. Signals wait unnumbered; a
 * batch gets its number when it is about to be sent first, and stays as it is until acknowledged,
 * so that numbers have no gaps whatever was dropped. Not safe for use by several threads.
 */
final class Spool {
    private final SpoolLimits limits;
    private final Map<Value, Deque<Waiting>> waiting = new EnumMap<>(Value.class);
    private final Deque<SignalBatch> sealed = new ArrayDeque<>();
    private final Map<Shed, Long> shed = new TreeMap<>();
    private final Set<String> lostKinds = new TreeSet<>();

    private long arrivals;
    private int waitingSignals;
    private long waitingBytes;
    private int sealedSignals;
    private long sealedBytes;
    private long lastSealed;
    private long acknowledged;
    private long shedInAll;

    Spool(SpoolLimits limits) {
        this.limits = limits;
        for (var value : Value.values()) {
            waiting.put(value, new ArrayDeque<>());
        }
    }

    /** Keeps a signal; what is worth least and oldest is dropped when there is no room. */
    void offer(Signal signal, Instant now) {
        var size = signal.getSerializedSize();
        if (isTooLarge(signal, size)) {
            count(signal, "too_large");
            return;
        }
        var value = Value.of(signal);
        while (full(size)) {
            if (!dropLessThan(value)) {
                drop(signal);
                return;
            }
        }
        queue(value).addLast(new Waiting(++arrivals, now, signal, size));
        waitingSignals++;
        waitingBytes += size;
    }

    /** What the cloud would refuse, and the whole batch with it, is not sent. */
    private static boolean isTooLarge(Signal signal, int size) {
        return size > SpoolLimits.BATCH_BYTES
                || signal.getObjectSeen().getJson().size() > WireLimits.OBJECT_BYTES;
    }

    private boolean full(int size) {
        return waitingSignals + sealedSignals + 1 > limits.signals()
                || waitingBytes + sealedBytes + size > limits.bytes();
    }

    /** Drops the oldest of the least value, up to the given one; false when nothing such waits. */
    private boolean dropLessThan(Value newcomer) {
        for (var value : Value.values()) {
            if (value.compareTo(newcomer) <= 0 && !queue(value).isEmpty()) {
                if (value == Value.INVENTORY) {
                    queue(value).forEach(lost -> drop(lost.signal()));
                    forget(queue(value));
                } else {
                    drop(take(value).signal());
                }
                return true;
            }
        }
        return false;
    }

    private void forget(Deque<Waiting> queue) {
        queue.forEach(
                lost -> {
                    waitingSignals--;
                    waitingBytes -= lost.size();
                });
        queue.clear();
    }

    private void drop(Signal signal) {
        lose(signal, "spool_full");
    }

    private void lose(Signal signal, String reason) {
        count(signal, reason);
        if (!Value.kind(signal).isEmpty()) {
            lostKinds.add(Value.kind(signal));
        }
    }

    private void count(Signal signal, String reason) {
        shed.merge(new Shed(Value.source(signal), reason), 1L, Long::sum);
        shedInAll++;
    }

    /**
     * The batch to send after the given sequence: one that was sent before, or a new one where
     * enough waits or has waited long enough.
     */
    Optional<SignalBatch> nextAfter(long sequence, Instant now) {
        return sequence < lastSealed
                ? sealed.stream().filter(batch -> batch.getSequence() > sequence).findFirst()
                : due(now) ? Optional.of(seal(now)) : Optional.empty();
    }

    /** True when a new batch should not wait any longer. */
    boolean due(Instant now) {
        // Half of the spool stays for what waits, or a stuck stream would shed everything new.
        if (sealedBytes > limits.bytes() / 2 || sealedSignals > limits.signals() / 2) {
            return false;
        }
        return waitingSignals >= limits.batchSignals()
                || waitingBytes >= SpoolLimits.BATCH_BYTES
                || oldest().filter(first -> !now.isBefore(first.at().plus(limits.batchDelay())))
                        .isPresent()
                || (waitingSignals == 0 && !shed.isEmpty());
    }

    private SignalBatch seal(Instant now) {
        var batch = SignalBatch.newBuilder().setSequence(++lastSealed);
        var size = 0;
        reportShed(batch, now);
        for (var next = oldest();
                next.isPresent()
                        && batch.getSignalsCount() < limits.batchSignals()
                        && size + next.get().size() <= SpoolLimits.BATCH_BYTES;
                next = oldest()) {
            batch.addSignals(take(Value.of(next.get().signal())).signal());
            size += next.get().size();
        }
        var done = batch.build();
        sealed.addLast(done);
        sealedSignals += done.getSignalsCount();
        sealedBytes += done.getSerializedSize();
        return done;
    }

    private void reportShed(SignalBatch.Builder batch, Instant now) {
        while (!shed.isEmpty() && batch.getSignalsCount() < limits.batchSignals()) {
            var first = shed.keySet().iterator().next();
            var count = shed.remove(first);
            batch.addSignals(
                    Signal.newBuilder()
                            .setObservedAt(WireTime.wire(now))
                            .setSignalsShed(
                                    SignalsShed.newBuilder()
                                            .setSource(first.source())
                                            .setReason(first.reason())
                                            .setCount(count == null ? 0 : count)));
        }
    }

    /**
     * The cloud does not take a batch, however often it is sent: under its number goes what says
     * how much was lost with it.
     *
     * @return signals lost; 0 where no such batch is held
     */
    int refused(long sequence, Instant now) {
        var all = List.copyOf(sealed);
        var before = shedInAll;
        sealed.clear();
        for (var batch : all) {
            sealed.addLast(batch.getSequence() == sequence ? loss(batch, now) : batch);
        }
        sealedSignals = sealed.stream().mapToInt(SignalBatch::getSignalsCount).sum();
        sealedBytes = sealed.stream().mapToLong(SignalBatch::getSerializedSize).sum();
        return Math.toIntExact(shedInAll - before);
    }

    /** What was shed before it was sealed goes with the first place that there is. */
    private SignalBatch loss(SignalBatch refused, Instant now) {
        var waiting = new TreeMap<>(shed);
        shed.clear();
        for (var signal : refused.getSignalsList()) {
            if (signal.hasSignalsShed()) {
                var earlier = signal.getSignalsShed();
                shed.merge(
                        new Shed(earlier.getSource(), earlier.getReason()),
                        earlier.getCount(),
                        Long::sum);
            } else {
                lose(signal, "refused");
            }
        }
        var batch = SignalBatch.newBuilder().setSequence(refused.getSequence());
        reportShed(batch, now);
        waiting.forEach((what, count) -> shed.merge(what, count, Long::sum));
        return batch.build();
    }

    /** Everything up to the sequence is durable. Lower ones again change nothing. */
    void acknowledge(long sequence) {
        while (!sealed.isEmpty() && sealed.getFirst().getSequence() <= sequence) {
            var durable = sealed.removeFirst();
            sealedSignals -= durable.getSignalsCount();
            sealedBytes -= durable.getSerializedSize();
        }
        acknowledged = Math.max(acknowledged, sequence);
        lastSealed = Math.max(lastSealed, sequence);
    }

    long acknowledged() {
        return acknowledged;
    }

    /** First sequence that is still held; 0 when none is. */
    long firstHeld() {
        return sealed.isEmpty() ? 0 : sealed.getFirst().getSequence();
    }

    /** True when something waits to be sent for the first time. */
    boolean hasWaiting() {
        return waitingSignals > 0 || !shed.isEmpty();
    }

    boolean hasRoom() {
        return waitingBytes + sealedBytes < limits.bytes() / 8
                && waitingSignals + sealedSignals < limits.signals() / 8;
    }

    /** Kinds of which something was dropped since the last call. */
    Set<String> takeLostKinds() {
        var lost = Set.copyOf(lostKinds);
        lostKinds.clear();
        return lost;
    }

    /** Signals dropped since the start. */
    long shedInAll() {
        return shedInAll;
    }

    /** Signals that are held, whether sent or not. */
    int size() {
        return waitingSignals + sealedSignals;
    }

    private Optional<Waiting> oldest() {
        return waiting.values().stream()
                .filter(queue -> !queue.isEmpty())
                .map(Deque::getFirst)
                .min(Comparator.comparingLong(Waiting::arrival));
    }

    private Waiting take(Value value) {
        var taken = queue(value).removeFirst();
        waitingSignals--;
        waitingBytes -= taken.size();
        return taken;
    }

    private Deque<Waiting> queue(Value value) {
        var queue = waiting.get(value);
        if (queue == null) {
            throw new IllegalStateException("every value has a queue: " + value);
        }
        return queue;
    }

    private record Waiting(long arrival, Instant at, Signal signal, int size) {}

    private record Shed(String source, String reason) implements Comparable<Shed> {
        @Override
        public int compareTo(Shed other) {
            return Comparator.comparing(Shed::source)
                    .thenComparing(Shed::reason)
                    .compare(this, other);
        }
    }
}
