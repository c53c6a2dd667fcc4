package dev.kestrel.engine.pool;

import io.vertx.core.Future;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that a node reasons on, apart from its event loops. */
public final class ReasoningThreads implements Executor {
    private static final double NANOS = 1e9;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Thread> own = new CopyOnWriteArrayList<>();
    private final ExecutorService pool;
    private final int width;

    /**
     * @param width of them; 0 takes as many as there are cores
     */
    public ReasoningThreads(int width) {
        this.width = width == 0 ? Runtime.getRuntime().availableProcessors() : width;
        pool =
                new ThreadPoolExecutor(
                        this.width,
                        this.width,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        this::thread,
                        new ThreadPoolExecutor.DiscardPolicy());
    }

    private Thread thread(Runnable work) {
        var thread = new Thread(work, "kestrel-reasoning-" + own.size());
        thread.setDaemon(true);
        own.add(thread);
        return thread;
    }

    /** How many there are. */
    public int width() {
        return width;
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** CPU time, user and system, that they used so far. */
    public double cpuSeconds() {
        return own.stream()
                        .mapToLong(one -> Math.max(0, threads.getThreadCpuTime(one.threadId())))
                        .sum()
                / NANOS;
    }

    /** What is being thought is thought to its end; nothing new begins. */
    public Future<Void> end() {
        pool.shutdown();
        return Future.succeededFuture();
    }
}
