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
 * @param postgres CPU seconds of PostgreSQL and its sessions; not in {@code server}
 * @param acknowledgement real time from sending to acknowledgement, as the operators see it
 */
record Throughput(
        int signals,
        long messages,
        double seconds,
        double server,
        double postgres,
        Percentiles acknowledgement) {
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
                end.postgres() - begin.postgres(),
                acknowledgement);
    }

    double messagesPerCpuSecond() {
        return messages / server;
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
                .put("postgres_cpu_seconds", rounded(postgres))
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
                "%,12d %,12d %,10d %10.2f %10.2f %9.2f %9.2f",
                Math.round(messagesPerCpuSecond()),
                Math.round(signalsPerCpuSecond()),
                Math.round(messages / seconds),
                server,
                postgres,
                acknowledgement.p50() / 1_000,
                acknowledgement.p99() / 1_000);
    }
}
