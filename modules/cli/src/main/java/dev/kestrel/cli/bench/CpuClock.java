package dev.kestrel.cli.bench;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** CPU time, user and system, of this process, and of the PostgreSQL that it started. */
final class CpuClock {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Positions in a thread's {@code stat} behind its name, and the unit there on Linux. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;
    private static final double TICKS_PER_SECOND = 100;

    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Path dataDir;

    /**
     * @param dataDir folder below which the PostgreSQL has its data
     */
    CpuClock(Path dataDir) {
        this.dataDir = dataDir;
    }

    /**
     * A moment: CPU seconds used so far.
     *
     * @param loops of the event loops, in {@code server}
     * @param reasoning of the threads that reason, in {@code server}
     * @param compiler of the JIT, in {@code server}; 0 where the system does not tell
     * @param vm of the thread that collects garbage, in {@code server}; 0 like that
     */
    record Reading(
            double server,
            double loops,
            double reasoning,
            double compiler,
            double vm,
            double postgres,
            long nanoTime) {}

    Reading read() {
        return new Reading(
                server(),
                threads("vert.x-eventloop"),
                threads("kestrel-reasoning"),
                nativeThreads("C1 Comp", "C2 Comp"),
                nativeThreads("VM Thread"),
                postgres(),
                System.nanoTime());
    }

    /** CPU seconds of this process so far. */
    double server() {
        return system.getProcessCpuTime() / 1e9;
    }

    private double threads(String prefix) {
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(one -> one != null && one.getThreadName().startsWith(prefix))
                        .mapToLong(one -> Math.max(0, threads.getThreadCpuTime(one.getThreadId())))
                        .sum()
                / 1e9;
    }

    /** Those that Java does not show. */
    private static double nativeThreads(String... prefixes) {
        if (!Files.exists(TASKS)) {
            return 0;
        }
        try (var tasks = Files.list(TASKS)) {
            return tasks.map(CpuClock::stat)
                    .filter(stat -> Stream.of(prefixes).anyMatch(stat.name::startsWith))
                    .mapToDouble(Stat::seconds)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("the threads are listed in " + TASKS, e);
        }
    }

    private record Stat(String name, double seconds) {}

    /** A thread that has just ended counts as nothing. */
    private static Stat stat(Path task) {
        try {
            var line = Files.readString(task.resolve("stat"));
            var name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(
                    name,
                    (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]))
                            / TICKS_PER_SECOND);
        } catch (IOException e) {
            return new Stat("", 0);
        }
    }

    /** Processes running in the last minute, on average; below 0 where it is not known. */
    double load() {
        return system.getSystemLoadAverage();
    }

    /** Zero once it is stopped. Sessions that ended are in it only where the system adds them. */
    private double postgres() {
        return postmaster()
                .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(CpuClock::seconds)
                .sum();
    }

    private Stream<ProcessHandle> postmaster() {
        if (!Files.exists(dataDir)) {
            return Stream.empty();
        }
        try (var files = Files.walk(dataDir, 4)) {
            var file =
                    files.filter(path -> path.endsWith("postmaster.pid")).findFirst().orElse(null);
            return file == null
                    ? Stream.empty()
                    : ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                            .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("the PostgreSQL's process cannot be found", e);
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
