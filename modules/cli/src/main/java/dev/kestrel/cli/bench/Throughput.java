package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.util.Locale;

/**
 * What one kind of message came to, measured over a while in which every stream had exactly one
 * message outstanding.
 *
 * @param signals in each message
 * @param messages acknowledged; by the gateway that means durable in the journal
 * @param seconds real time
 * @param server CPU seconds of the process that serves, user and system, of all its threads
 * @param loops of that, the event loops: the gateway and the journal's client
 * @param reasoning of that, the threads that reason
 * @param compiler of that, the JIT
 * @param vm of that, the thread that collects garbage
 * @param postgres CPU seconds of PostgreSQL and its sessions; not in {@code server}
 * @param acknowledgement real time from sending to acknowledgement, as the operators see it
 */
record Throughput(
        int signals,
        long messages,
        double seconds,
        double server,
        double loops,
        double reasoning,
        double compiler,
        double vm,
        double postgres,
        Percentiles acknowledgement) {
    /** What stands above {@link #toString}. */
    static final String HEAD =
            "%9s %11s %9s %11s %8s %8s %8s %8s %8s %8s %8s %8s %8s"
                    .formatted(
                            "taken in",
                            "signals",
                            "all: msgs",
                            "signals",
                            "msgs/s",
                            "server s",
                            "loops s",
                            "reason s",
                            "jit s",
                            "gc s",
                            "pg s",
                            "p50 ms",
                            "p99 ms");

    static Throughput between(
            CpuClock.Reading begin,
            CpuClock.Reading end,
            int signals,
            Percentiles acknowledgement) {
        return new Throughput(
                signals,
                acknowledgement.count(),
                (end.nanoTime() - begin.nanoTime()) / 1e9,
                end.server() - begin.server(),
                end.loops() - begin.loops(),
                end.reasoning() - begin.reasoning(),
                end.compiler() - begin.compiler(),
                end.vm() - begin.vm(),
                end.postgres() - begin.postgres(),
                acknowledgement);
    }

    double messagesPerCpuSecond() {
        return messages / server;
    }

    /** Without the threads that reason: what it costs to take a message in and make it durable. */
    double takenInPerCpuSecond() {
        return messages / (server - reasoning);
    }

    double signalsPerCpuSecond() {
        return signals * messagesPerCpuSecond();
    }

    JsonObject json() {
        return new JsonObject()
                .put("signals_per_message", signals)
                .put("messages", messages)
                .put("seconds", rounded(seconds))
                .put("messages_per_second", Math.round(messages / seconds))
                .put("server_cpu_seconds", rounded(server))
                .put("event_loop_cpu_seconds", rounded(loops))
                .put("reasoning_cpu_seconds", rounded(reasoning))
                .put("compiler_cpu_seconds", rounded(compiler))
                .put("garbage_collection_cpu_seconds", rounded(vm))
                .put("postgres_cpu_seconds", rounded(postgres))
                .put("messages_taken_in_per_cpu_second", Math.round(takenInPerCpuSecond()))
                .put("signals_taken_in_per_cpu_second", Math.round(signals * takenInPerCpuSecond()))
                .put("messages_per_cpu_second", Math.round(messagesPerCpuSecond()))
                .put("signals_per_cpu_second", Math.round(signalsPerCpuSecond()))
                .put("acknowledgement", acknowledgement.json());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,9d %,11d %,9d %,11d %,8d %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %8.1f %8.1f",
                Math.round(takenInPerCpuSecond()),
                Math.round(signals * takenInPerCpuSecond()),
                Math.round(messagesPerCpuSecond()),
                Math.round(signalsPerCpuSecond()),
                Math.round(messages / seconds),
                server,
                loops,
                reasoning,
                compiler,
                vm,
                postgres,
                acknowledgement.p50() / 1_000,
                acknowledgement.p99() / 1_000);
    }
}
