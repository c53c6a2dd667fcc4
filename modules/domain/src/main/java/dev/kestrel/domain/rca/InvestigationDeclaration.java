package dev.kestrel.domain.rca;

import java.util.List;
import java.util.Map;

/**
 * A question that is worth asking in the cluster when certain mechanisms compete.
 *
 * @param tool for example {@code dns.lookup}
 * @param arguments name → template; {@code {resource}}, {@code {namespace}} and {@code {name}}
 *     stand for where the cause is suspected
 * @param separates mechanisms that the answer tells apart
 * @param why one line for people
 * @param at file and line of the declaration
 */
public record InvestigationDeclaration(
        String id,
        String tool,
        Map<String, String> arguments,
        List<String> separates,
        String why,
        String at) {
    public InvestigationDeclaration {
        arguments = Map.copyOf(arguments);
        separates = List.copyOf(separates);
    }
}
