package dev.kestrel.simulator.node;

import dev.kestrel.simulator.network.Caller;
import dev.kestrel.simulator.network.Network;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a process finds around itself when it starts.
 *
 * @param files mounted files by path
 */
record Surroundings(
        Map<String, String> environment,
        List<String> arguments,
        Map<String, String> files,
        Caller self,
        Network network,
        LogFile log,
        Instant started) {

    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** A duration variable as Go writes it; zero when unset. */
    java.time.Duration duration(String name, java.time.Duration otherwise) {
        return GoDuration.parse(variable(name), otherwise);
    }
}
