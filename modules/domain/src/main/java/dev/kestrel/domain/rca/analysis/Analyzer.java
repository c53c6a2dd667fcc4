package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;

/**
 * Recognises the signature of one mechanism in the inventory: a question that costs no call to the
 * cluster. Pure, without state.
 */
public interface Analyzer {
    /** Named by {@code signature} in the packs, for example {@code memory_limit_is_own}. */
    String id();

    /**
     * Says whether the mechanism's signature is there on the subject.
     *
     * @param symptoms live symptoms of the cluster, sorted by key
     * @param now event time
     */
    Analysis examine(ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now);
}
