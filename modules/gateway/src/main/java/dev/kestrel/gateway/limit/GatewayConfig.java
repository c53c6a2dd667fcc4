package dev.kestrel.gateway.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything about the gateway that can be set.
 *
 * @param host address that both ports listen on
 * @param enrolmentPort port for {@code Enrol}; 0 takes a free one
 * @param streamPort port for the streams; 0 takes a free one
 * @param trustDomain of the URIs in the certificates
 * @param serverNames host names and addresses in the server's certificate
 * @param instances event loops that serve streams; 0 means one for each core
 * @param heartbeat between two signs of life of this side
 * @param silence after which a stream is closed that said nothing
 * @param recheck between two looks whether the certificate behind an open connection still holds
 * @param drain how long a stopping node waits for its operators to leave
 * @param creditBatches unanswered batches of one stream
 * @param signalsPerSecond of one cluster, sustained
 * @param signalsBurst of one cluster, after a quiet time
 * @param bytesPerSecond of one cluster, sustained
 * @param bytesBurst of one cluster, after a quiet time
 * @param commandsInFlight commands of one cluster without an outcome
 * @param outcomesWaiting outcomes of one cluster that its owner has not noted yet
 * @param commandPatience after which a command without an outcome does not count any more
 * @param outcomePatience after which an outcome that no owner notes is dropped; the owner asks
 *     again
 * @param connections open connections of this node
 * @param connectionsPerCluster open connections of one cluster on one event loop; the oldest goes
 * @param callsPerMinute streams opened and certificates renewed by one cluster
 * @param tls who does the cryptography
 * @param enrolmentsPerMinute attempts from one address
 */
public record GatewayConfig(
        String host,
        int enrolmentPort,
        int streamPort,
        String trustDomain,
        List<String> serverNames,
        int instances,
        Duration heartbeat,
        Duration silence,
        Duration recheck,
        Duration drain,
        int creditBatches,
        int signalsPerSecond,
        int signalsBurst,
        int bytesPerSecond,
        int bytesBurst,
        int commandsInFlight,
        int outcomesWaiting,
        Duration commandPatience,
        Duration outcomePatience,
        int connections,
        int connectionsPerCluster,
        int callsPerMinute,
        int enrolmentsPerMinute,
        Tls tls) {
    public GatewayConfig {
        serverNames = List.copyOf(serverNames);
    }

    /** Who does the cryptography of TLS. */
    public enum Tls {
        /** OpenSSL where it is there. */
        AUTO,
        OPENSSL,
        JDK
    }

    public static GatewayConfig defaults() {
        return of(Map.of());
    }

    /**
     * Reads keys such as {@code stream-port}; durations as {@code 30s}, sizes as {@code 4MiB},
     * lists separated by commas. Keys that are not there have their default.
     *
     * @throws IllegalArgumentException with all mistakes at once: unknown keys, values that cannot
     *     be read, values that contradict each other
     */
    public static GatewayConfig of(Map<String, String> keys) {
        var settings = new Settings(keys);
        var config =
                new GatewayConfig(
                        settings.text("host", "0.0.0.0"),
                        settings.count("enrolment-port", "8443", 0, 65_535),
                        settings.count("stream-port", "9443", 0, 65_535),
                        settings.text("trust-domain", "kestrel"),
                        settings.texts("server-names", "localhost,127.0.0.1"),
                        settings.count("instances", "0", 0, 256),
                        settings.duration("heartbeat", "10s"),
                        settings.duration("silence", "30s"),
                        settings.duration("recheck", "60s"),
                        settings.duration("drain", "5s"),
                        settings.count("credit-batches", "32", 1, 1024),
                        settings.count("signals-per-second", "5000", 1, 10_000_000),
                        settings.count("signals-burst", "20000", 50, 100_000_000),
                        settings.size("bytes-per-second", "8MiB"),
                        settings.size("bytes-burst", "32MiB"),
                        settings.count("commands-in-flight", "32", 1, 1024),
                        settings.count("outcomes-waiting", "16", 1, 1024),
                        settings.duration("command-patience", "120s"),
                        settings.duration("outcome-patience", "300s"),
                        settings.count("connections", "20000", 1, 1_000_000),
                        settings.count("connections-per-cluster", "8", 1, 1_000_000),
                        settings.count("calls-per-minute", "60", 1, 100_000),
                        settings.count("enrolments-per-minute", "10", 1, 100_000),
                        settings.choice("tls", Tls.AUTO));
        var mistakes = new ArrayList<>(settings.mistakes());
        mistakes.addAll(config.contradictions());
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("gateway: " + String.join("; ", mistakes));
        }
        return config;
    }

    private List<String> contradictions() {
        var mistakes = new ArrayList<String>();
        if (silence.compareTo(heartbeat.multipliedBy(2)) < 0) {
            mistakes.add(
                    "silence (%s) must be at least twice heartbeat (%s), or a late one looks like"
                                    .formatted(silence, heartbeat)
                            + " silence");
        }
        if (enrolmentPort == streamPort && streamPort != 0) {
            mistakes.add("enrolment-port and stream-port must differ: " + streamPort);
        }
        if (!trustDomain.matches("[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")) {
            mistakes.add("trust-domain must be a host name in lower case: " + trustDomain);
        }
        return mistakes;
    }
}
