package dev.kestrel.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Everything about the API that can be set.
 *
 * @param port 0 takes a free one
 * @param secureCookies the dashboard is reached over HTTPS: browsers then send the refresh cookie
 *     only there
 * @param accessLife of an access token
 * @param refreshLife of a refresh token, renewed with each use
 * @param bodyBytes at most, of a request
 * @param requestsPerSecond of one principal, sustained
 * @param requestsBurst of one principal, after a quiet time
 * @param feedsPerTenant live feeds at most
 * @param metricsFrom addresses besides loopback that may read the metrics
 * @param chart of the operator, as Helm is to find it
 */
public record ApiConfig(
        String host,
        int port,
        boolean secureCookies,
        Duration accessLife,
        Duration refreshLife,
        int bodyBytes,
        int requestsPerSecond,
        int requestsBurst,
        int feedsPerTenant,
        List<String> metricsFrom,
        String chart) {
    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("host", "127.0.0.1"),
                    Map.entry("port", "8080"),
                    Map.entry("secure-cookies", "false"),
                    Map.entry("access-life", "10m"),
                    Map.entry("refresh-life", "336h"),
                    Map.entry("body-bytes", "65536"),
                    Map.entry("requests-per-second", "20"),
                    Map.entry("requests-burst", "60"),
                    Map.entry("feeds-per-tenant", "200"),
                    Map.entry("metrics-from", ""),
                    Map.entry("chart", "deploy/helm/kestrel-operator"));

    public ApiConfig {
        metricsFrom = List.copyOf(metricsFrom);
    }

    public static ApiConfig defaults() {
        return of(Map.of());
    }

    /**
     * Reads keys such as {@code access-life}; durations as {@code 30s}, lists separated by commas.
     * Keys that are not there have their default.
     *
     * @throws IllegalArgumentException with all mistakes at once
     */
    public static ApiConfig of(Map<String, String> keys) {
        var read = new Settings(DEFAULTS, keys);
        var config =
                new ApiConfig(
                        read.text("host"),
                        read.count("port", 0, 65_535),
                        read.truth("secure-cookies"),
                        read.duration("access-life"),
                        read.duration("refresh-life"),
                        read.count("body-bytes", 1024, 16 << 20),
                        read.count("requests-per-second", 1, 100_000),
                        read.count("requests-burst", 1, 1_000_000),
                        read.count("feeds-per-tenant", 1, 100_000),
                        Arrays.stream(read.text("metrics-from").split(","))
                                .map(String::strip)
                                .filter(address -> !address.isEmpty())
                                .toList(),
                        read.text("chart"));
        var unknown = new TreeSet<>(keys.keySet());
        unknown.removeAll(DEFAULTS.keySet());
        unknown.forEach(key -> read.wrong("unknown key " + key));
        if (!read.mistakes().isEmpty()) {
            throw new IllegalArgumentException("api: " + String.join("; ", read.mistakes()));
        }
        return config;
    }
}
