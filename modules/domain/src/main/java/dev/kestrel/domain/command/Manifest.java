package dev.kestrel.domain.command;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server-side-apply manifest of only the fields it sets, and what must still be true of the
 * object for it to be applied.
 *
 * @param fields the manifest itself: apiVersion, kind, metadata.name, metadata.namespace and the
 *     fields to set
 * @param digest SHA-256 of the manifest's canonical JSON, lower-case hex; see {@link CanonicalJson}
 * @param expectedUid uid of the object the manifest was computed from
 * @param expectedValues field path such as {@code spec.containers[app].image} or {@code
 *     spec.replicas} → canonical JSON of the value at planning time, {@code null} where there was
 *     none. List entries are named by their {@code name} in brackets.
 * @param takeOver field managers whose fields may be taken over; a conflict with any other is
 *     refused
 */
public record Manifest(
        ResourceRef target,
        String apiVersion,
        Fields fields,
        String digest,
        String expectedUid,
        Map<String, String> expectedValues,
        List<String> takeOver) {
    public Manifest {
        expectedValues = Collections.unmodifiableMap(new TreeMap<>(expectedValues));
        takeOver = List.copyOf(takeOver);
    }
}
