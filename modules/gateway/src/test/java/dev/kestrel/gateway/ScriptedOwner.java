package dev.kestrel.gateway;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.BatchReceived;
import dev.kestrel.bus.Topics.BatchTaken;
import dev.kestrel.bus.Topics.ClusterOwned;
import dev.kestrel.bus.Topics.CommandEnded;
import dev.kestrel.bus.Topics.Noted;
import dev.kestrel.bus.Topics.StreamClosed;
import dev.kestrel.bus.Topics.StreamOpened;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Stands in for the engine: owns every cluster at once, and does as the test says. */
final class ScriptedOwner {
    final List<StreamOpened> opened = new CopyOnWriteArrayList<>();
    final List<BatchReceived> batches = new CopyOnWriteArrayList<>();
    final List<StreamClosed> closed = new CopyOnWriteArrayList<>();
    final List<CommandEnded> ended = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private volatile boolean holding;
    private volatile Function<StreamOpened, ClusterOwned> onOpen =
            stream -> new ClusterOwned(true, 0, "");
    private volatile Function<BatchReceived, BatchTaken> onBatch =
            batch -> new BatchTaken(true, batch.sequence());
    private volatile Function<CommandEnded, Noted> onEnded = outcome -> new Noted(true);

    static ScriptedOwner of(Bus bus, Owners owners, String node, ClusterRef... clusters) {
        var owner = new ScriptedOwner();
        Served.await(bus.serve(Topics.STREAM_OPENED, node, owner::open));
        Served.await(bus.serve(Topics.COMMAND_ENDED, node, owner::note));
        for (var cluster : clusters) {
            var key = cluster.toString();
            Served.await(bus.serve(Topics.BATCH_RECEIVED, key, owner::take));
            Served.await(bus.serve(Topics.STREAM_CLOSED, key, owner::close));
            owners.claim(cluster, node, Instant.MIN, Duration.ZERO);
        }
        return owner;
    }

    ScriptedOwner whenOpened(Function<StreamOpened, ClusterOwned> answer) {
        onOpen = answer;
        return this;
    }

    ScriptedOwner whenReceived(Function<BatchReceived, BatchTaken> answer) {
        onBatch = answer;
        return this;
    }

    ScriptedOwner whenEnded(Function<CommandEnded, Noted> answer) {
        onEnded = answer;
        return this;
    }

    /** Batches are kept without an answer from now on. */
    ScriptedOwner hold() {
        holding = true;
        return this;
    }

    /** Answers everything that was held. */
    synchronized void release() {
        holding = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    List<Long> sequences() {
        return batches.stream().map(batch -> batch.sequence()).toList();
    }

    List<StreamClosed> closed() {
        return Collections.unmodifiableList(closed);
    }

    private Future<ClusterOwned> open(StreamOpened stream) {
        opened.add(stream);
        return Future.succeededFuture(onOpen.apply(stream));
    }

    private synchronized Future<BatchTaken> take(BatchReceived batch) {
        batches.add(batch);
        var answer = Promise.<BatchTaken>promise();
        Runnable give = () -> answer.complete(onBatch.apply(batch));
        if (holding) {
            held.add(give);
        } else {
            give.run();
        }
        return answer.future();
    }

    private Future<Noted> close(StreamClosed stream) {
        closed.add(stream);
        return Future.succeededFuture(new Noted(true));
    }

    private Future<Noted> note(CommandEnded outcome) {
        ended.add(outcome);
        return Future.succeededFuture(onEnded.apply(outcome));
    }
}
