package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

import java.util.List;

/**
 * What a rule may ask while it reads an object, and where it says what it found. Whatever it asks
 * about is remembered: the object is read again when the answer changes.
 */
public interface Links {
    /** The logical resource of the object that is read. */
    ResourceRef self();

    ResourceRef logical(ResourceRef ref);

    boolean exists(ResourceRef ref);

    /** Owners of the selectors that match the object, sorted. */
    List<ResourceRef> selecting();

    /** Says that the edge exists. Both ends are logical resources. */
    void add(ResourceRef from, Relation relation, ResourceRef to);
}
