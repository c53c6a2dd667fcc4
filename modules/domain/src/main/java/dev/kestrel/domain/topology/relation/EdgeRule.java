package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;

/** Says which edges an object brings. Pure: all it may know beyond the object, it asks. */
@FunctionalInterface
public interface EdgeRule {
    void derive(KubeObject object, Links links);
}
