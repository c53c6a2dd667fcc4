package dev.kestrel.testkit.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;

/** The fake does what every adapter must do. */
class InMemoryOwnersTest extends OwnersContract {
    private final InMemoryOwners owners = new InMemoryOwners();
    private int clusters;

    @Override
    protected Owners owners() {
        return owners;
    }

    @Override
    protected ClusterRef newCluster() {
        return new ClusterRef("acme", "c-" + ++clusters);
    }
}
