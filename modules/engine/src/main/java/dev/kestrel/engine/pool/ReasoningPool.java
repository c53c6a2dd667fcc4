package dev.kestrel.engine.pool;

import dev.kestrel.domain.signal.ClusterRef;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Lets the clusters of a node reason on few threads. What one cluster does is done one after the
 * other, in the order in which it was given; which cluster is next goes round the tenants, and
 * within a tenant round its clusters, so that one that floods delays another by no more than a turn
 * of each tenant. Safe to call from any thread.
 */
public final class ReasoningPool {
    /** Enough to be worth the change of clusters, few enough that the next one need not wait. */
    static final int AT_A_TURN = 4;

    private final Executor executor;
    private final int width;
    private final Turns turns = new Turns();
    private int busy;

    /**
     * @param executor runs one turn at each call; on a virtual one the order is the same each time
     * @param width turns at the same time, 1 or more
     */
    public ReasoningPool(Executor executor, int width) {
        this.executor = executor;
        this.width = width;
    }

    /**
     * A line of work for one cluster.
     *
     * @param home where the answers are given, in order
     */
    public Lane lane(ClusterRef cluster, Executor home) {
        return new Lane(this, cluster, home);
    }

    /** A lane has something to do, and has said so once. */
    void ready(Lane lane) {
        synchronized (this) {
            turns.add(lane);
            if (busy == width) {
                return;
            }
            busy++;
        }
        executor.execute(this::turn);
    }

    private void turn() {
        next().filter(lane -> lane.work(AT_A_TURN)).ifPresent(this::again);
        if (goesOn()) {
            executor.execute(this::turn);
        }
    }

    private synchronized Optional<Lane> next() {
        return turns.next();
    }

    private synchronized void again(Lane lane) {
        turns.add(lane);
    }

    private synchronized boolean goesOn() {
        if (turns.isEmpty()) {
            busy--;
            return false;
        }
        return true;
    }
}
