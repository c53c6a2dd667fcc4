package dev.kestrel.domain.investigation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One read-only question to a cluster: a tool's name and its arguments. The operator checks both
 * against the tool's grammar.
 *
 * @param tool for example {@code k8s.logs}
 * @param arguments by name, sorted
 */
public record Question(String tool, Map<String, String> arguments) {
    public Question {
        arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    }
}
