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
     */
    record Reading(double server, double loops, double reasoning, double postgres, long nanoTime) {}

    Reading read() {
        return new Reading(
                system.getProcessCpuTime() / 1e9,
                threads("vert.x-eventloop"),
                threads("kestrel-reasoning"),
                postgres(),
                System.nanoTime());
    }

    private double threads(String prefix) {
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(one -> one != null && one.getThreadName().startsWith(prefix))
                        .mapToLong(one -> Math.max(0, threads.getThreadCpuTime(one.getThreadId())))
                        .sum()
                / 1e9;
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
