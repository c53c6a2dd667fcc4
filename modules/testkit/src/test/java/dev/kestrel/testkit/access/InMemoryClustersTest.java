package dev.kestrel.testkit.access;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.testkit.signal.InMemoryOwners;

/** The fake does what every adapter must do. */
class InMemoryClustersTest extends ClustersContract {
    private final InMemoryOwners owners = new InMemoryOwners();
    private final InMemoryClusters clusters = new InMemoryClusters(owners);
    private int tenants;

    @Override
    protected Clusters clusters() {
        return clusters;
    }

    @Override
    protected Enrolments enrolments() {
        return clusters;
    }

    @Override
    protected Owners owners() {
        return owners;
    }

    @Override
    protected String newTenant() {
        return "t-" + ++tenants;
    }
}
