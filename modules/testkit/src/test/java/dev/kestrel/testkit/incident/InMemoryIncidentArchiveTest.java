package dev.kestrel.testkit.incident;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.testkit.signal.InMemoryOwners;

/** The fake does what every adapter must do. */
class InMemoryIncidentArchiveTest extends IncidentArchiveContract {
    private final InMemoryOwners owners = new InMemoryOwners();
    private final InMemoryIncidentArchive archive = new InMemoryIncidentArchive(owners);
    private int tenants;

    @Override
    protected IncidentArchive archive() {
        return archive;
    }

    @Override
    protected Owners owners() {
        return owners;
    }

    @Override
    protected ClusterRef newCluster() {
        return new ClusterRef("t-" + ++tenants, "c");
    }
}
