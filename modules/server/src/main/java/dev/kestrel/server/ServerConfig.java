package dev.kestrel.server;

import dev.kestrel.api.ApiConfig;
import dev.kestrel.engine.EngineConfig;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.server.cluster.ClusterConfig;
import dev.kestrel.store.StoreConfig;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How the cloud is set up on a node: {@code conf/kestrel.yaml}, read and checked.
 *
 * @param authorityDir folder of the certificate authority; one for all nodes
 * @param tokenKey file of the key that access tokens are signed with; one for all nodes
 * @param storeOwnerUrl empty for an embedded PostgreSQL
 * @param reasoningThreads that the clusters reason on; 0 for one per core
 * @param quiet how long an incident must be quiet before it closes by itself
 * @param knowledge folder of the packs; the empty path for those that came with this version
 */
public record ServerConfig(
        String node,
        Set<NodeRole> roles,
        Path dataDir,
        Path authorityDir,
        Path tokenKey,
        ClusterConfig cluster,
        String storeOwnerUrl,
        String storeApplicationUrl,
        int storeConnections,
        Duration journalRetention,
        GatewayConfig gateway,
        EngineConfig engine,
        int reasoningThreads,
        Duration quiet,
        Path knowledge,
        ApiConfig api) {
    /**
     * Reads and checks every key.
     *
     * @param overrides keys that win over everything else
     * @throws IllegalArgumentException with every mistake at once
     */
    public static ServerConfig read(
            List<Path> files, Map<String, String> environment, Map<String, String> overrides) {
        var keys = Keys.read(files, environment, overrides);
        var mistakes = new ArrayList<String>();
        var roles = checked(mistakes, () -> NodeRole.parse(keys.text("roles")));
        var cluster = checked(mistakes, () -> cluster(keys));
        var node = keys.text("node").isEmpty() ? hostName() : keys.text("node");
        var gateway = checked(mistakes, () -> GatewayConfig.of(keys.section("gateway")));
        var api = checked(mistakes, () -> ApiConfig.of(keys.section("api")));
        var engine = checked(mistakes, () -> engine(node, keys));
        var threads = checked(mistakes, () -> count("engine.reasoning-threads", keys));
        var quiet = checked(mistakes, () -> duration("engine.quiet", keys));
        var retention = checked(mistakes, () -> duration("store.journal-retention", keys));
        var connections = checked(mistakes, () -> number("store.connections", keys));
        if (roles == null || cluster == null || gateway == null || api == null || engine == null) {
            throw refused(mistakes);
        }
        if (threads == null || quiet == null || retention == null || connections == null) {
            throw refused(mistakes);
        }
        var dataDir = Path.of(keys.text("data-dir"));
        return new ServerConfig(
                node,
                roles,
                dataDir,
                path(keys.text("authority-dir"), dataDir.resolve("authority")),
                path(keys.text("token-key"), dataDir.resolve("token.key")),
                cluster,
                keys.text("store.owner-url"),
                keys.text("store.application-url"),
                connections,
                retention,
                gateway,
                engine,
                threads,
                quiet,
                Path.of(keys.text("knowledge.path")),
                api);
    }

    private static IllegalArgumentException refused(List<String> mistakes) {
        return new IllegalArgumentException(
                "the configuration has mistakes:\n  " + String.join("\n  ", mistakes));
    }

    /** How the store is opened at an address. */
    StoreConfig store(String url) {
        return new StoreConfig(
                url,
                storeApplicationUrl,
                storeConnections,
                journalRetention,
                StoreConfig.at(url).journalQueueEntries());
    }

    private static Path path(String text, Path otherwise) {
        return text.isEmpty() ? otherwise : Path.of(text);
    }

    private static ClusterConfig cluster(Keys keys) {
        var config = ClusterConfig.of(keys.section("cluster"));
        if (config.enabled() && keys.text("store.owner-url").isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster.enabled: nodes share one PostgreSQL, so store.owner-url must be set");
        }
        return config;
    }

    private static EngineConfig engine(String node, Keys keys) {
        return new EngineConfig(
                node,
                Duration.ofMillis(100),
                duration("engine.lease", keys),
                number("engine.checkpoint-every", keys),
                number("engine.queue-limit", keys),
                number("engine.backlog-limit", keys));
    }

    private static <T> @Nullable T checked(List<String> mistakes, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static int number(String key, Keys keys) {
        var number = count(key, keys);
        if (number == 0) {
            throw new IllegalArgumentException(key + ": must be above 0, not 0");
        }
        return number;
    }

    private static int count(String key, Keys keys) {
        var text = keys.text(key);
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(key + ": a whole number is needed, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Duration duration(String key, Keys keys) {
        var text = keys.text(key);
        if (!text.matches("[0-9]+(ms|s|m|h)")) {
            throw new IllegalArgumentException(
                    key + ": a duration such as 500ms, 30s, 5m or 2h is needed, not " + text);
        }
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "kestrel-0";
        }
    }
}
