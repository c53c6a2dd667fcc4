package dev.kestrel.engine.pool;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs at once, or only when it is told to. */
public final class HeldExecutor implements Executor {
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holding;

    @Override
    public void execute(Runnable work) {
        synchronized (this) {
            if (holding) {
                held.add(work);
                return;
            }
        }
        work.run();
    }

    /** From now on everything waits. */
    public synchronized void hold() {
        holding = true;
    }

    /** One of what waits. */
    public void runOne() {
        Runnable next;
        synchronized (this) {
            next = held.remove();
        }
        next.run();
    }

    public synchronized int waiting() {
        return held.size();
    }

    /** Everything that waits, and everything from now on. */
    public void release() {
        synchronized (this) {
            holding = false;
        }
        while (waiting() > 0) {
            runOne();
        }
    }
}
