package dev.kestrel.operator.link;

import java.util.List;

/**
 * What the operator says of itself when a stream opens.
 *
 * @param bootId chosen anew at each start; 1 to 64 characters
 */
public record Introduction(
        String bootId,
        String operatorVersion,
        String kubernetesVersion,
        boolean writeEnabled,
        List<String> writeNamespaces,
        List<String> writeKinds) {
    public Introduction {
        writeNamespaces = List.copyOf(writeNamespaces);
        writeKinds = List.copyOf(writeKinds);
    }
}
