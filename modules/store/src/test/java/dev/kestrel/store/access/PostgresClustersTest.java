package dev.kestrel.store.access;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.access.ClustersContract;

class PostgresClustersTest extends ClustersContract {
    private static final Store STORE = OwnDatabase.newStore();

    @Override
    protected Clusters clusters() {
        return STORE.clusters();
    }

    @Override
    protected Enrolments enrolments() {
        return STORE.enrolments();
    }

    @Override
    protected Owners owners() {
        return STORE.owners();
    }

    @Override
    protected String newTenant() {
        return OwnDatabase.newTenant(STORE);
    }
}
