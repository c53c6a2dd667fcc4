package dev.kestrel.engine.pool;

import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One cluster's line of work: thoughts are thought one at a time, in the order in which they were
 * given, by whichever thread of the pool has its turn. What one wrote, the next one sees.
 */
public final class Lane {
    private final ReasoningPool pool;
    private final ClusterRef cluster;
    private final Executor home;
    private final Deque<Thought<?>> waiting = new ArrayDeque<>();
    private boolean listed;
    private boolean closed;

    Lane(ReasoningPool pool, ClusterRef cluster, Executor home) {
        this.pool = pool;
        this.cluster = cluster;
        this.home = home;
    }

    private record Thought<T>(Supplier<T> thinking, Promise<T> answer) {
        /** Thinks, and says how to give the answer. */
        Runnable think() {
            try {
                var thought = thinking.get();
                return () -> answer.complete(thought);
            } catch (RuntimeException | StackOverflowError fault) {
                return () -> answer.fail(fault);
            }
        }

        void drop() {
            answer.fail(over());
        }
    }

    ClusterRef cluster() {
        return cluster;
    }

    /**
     * Thinks after everything that was given before.
     *
     * @return completed at home; fails when the lane is closed before the thought is done
     */
    public <T> Future<T> submit(Supplier<T> thinking) {
        var thought = new Thought<>(thinking, Promise.<T>promise());
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(over());
            }
            waiting.add(thought);
            if (listed) {
                return thought.answer().future();
            }
            listed = true;
        }
        pool.ready(this);
        return thought.answer().future();
    }

    /**
     * A turn: so many thoughts, then the next lane's.
     *
     * @return whether more is waiting
     */
    boolean work(int most) {
        var turn = taken(most);
        var answers = turn.stream().map(Thought::think).toList();
        home.execute(() -> give(turn, answers));
        synchronized (this) {
            listed = !waiting.isEmpty();
            return listed;
        }
    }

    private synchronized List<Thought<?>> taken(int most) {
        var taken = new ArrayList<Thought<?>>(most);
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    private void give(List<Thought<?>> turn, List<Runnable> answers) {
        for (int i = 0; i < turn.size(); i++) {
            if (isClosed()) {
                turn.get(i).drop();
            } else {
                answers.get(i).run();
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Nothing more is thought. What was under way has no effect: it is not known any more whether
     * this node may say it.
     */
    public void close() {
        List<Thought<?>> dropped;
        synchronized (this) {
            closed = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
        }
        dropped.forEach(Thought::drop);
    }

    private static IllegalStateException over() {
        return new IllegalStateException("this node does not reason about the cluster any more");
    }
}
