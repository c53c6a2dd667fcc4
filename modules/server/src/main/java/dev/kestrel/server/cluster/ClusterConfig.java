package dev.kestrel.server.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How the nodes of a cloud find and reach each other.
 *
 * @param enabled false for a node alone, which opens neither port
 * @param members where the nodes are, as {@code host:port}; this one may be among them
 * @param host address of the one interface that both ports listen on, and that others reach it by
 * @param port of the membership
 * @param busPort of the event bus; 0 takes a free one
 * @param publicPort where others find {@code port}; 0 where it is not mapped
 * @param publicBusPort where others find {@code busPort}; 0 where it is not mapped
 */
public record ClusterConfig(
        boolean enabled,
        List<String> members,
        String host,
        int port,
        int busPort,
        int publicPort,
        int publicBusPort) {
    /** A node alone. */
    public static final ClusterConfig ALONE =
            new ClusterConfig(false, List.of(), "127.0.0.1", 0, 0, 0, 0);

    public ClusterConfig {
        members = List.copyOf(members);
    }

    /**
     * Reads {@code enabled}, {@code members}, {@code host}, {@code port} and {@code bus-port}.
     *
     * @throws IllegalArgumentException with all mistakes at once
     */
    public static ClusterConfig of(Map<String, String> keys) {
        var mistakes = new ArrayList<String>();
        var members = members(keys.getOrDefault("members", ""), mistakes);
        var enabled = keys.getOrDefault("enabled", "false");
        if (!enabled.matches("true|false")) {
            mistakes.add("enabled must be true or false, not " + enabled);
        }
        var host = host(keys.getOrDefault("host", "127.0.0.1"), mistakes);
        var config =
                new ClusterConfig(
                        enabled.equals("true"),
                        members,
                        host,
                        port("port", keys.getOrDefault("port", "5701"), 1, mistakes),
                        port("bus-port", keys.getOrDefault("bus-port", "5702"), 0, mistakes),
                        port("public-port", keys.getOrDefault("public-port", "0"), 0, mistakes),
                        port(
                                "public-bus-port",
                                keys.getOrDefault("public-bus-port", "0"),
                                0,
                                mistakes));
        if (config.enabled && members.isEmpty()) {
            mistakes.add(
                    "members is empty: name at least one node, this one too where it is the first");
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("cluster: " + String.join("; ", mistakes));
        }
        return config;
    }

    private static List<String> members(String text, List<String> mistakes) {
        var members =
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(member -> !member.isEmpty())
                        .toList();
        members.stream()
                .filter(member -> !member.matches("[^:\\s]+:[0-9]{1,5}"))
                .map(member -> "members must be host:port, separated by commas, not " + member)
                .forEach(mistakes::add);
        return members;
    }

    private static String host(String host, List<String> mistakes) {
        if (host.isBlank() || host.equals("0.0.0.0") || host.equals("::")) {
            mistakes.add("host must be the address of one interface, not '%s'".formatted(host));
        }
        return host;
    }

    private static int port(String key, String text, int least, List<String> mistakes) {
        var port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < least || port > 65_535) {
            mistakes.add("%s must be a port from %d to 65535, not %s".formatted(key, least, text));
        }
        return port;
    }
}
