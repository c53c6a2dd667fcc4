package dev.kestrel.store.incident;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.incident.IncidentArchiveContract;

class PostgresIncidentArchiveTest extends IncidentArchiveContract {
    private static final Store STORE = OwnDatabase.newStore();

    @Override
    protected IncidentArchive archive() {
        return STORE.incidents();
    }

    @Override
    protected Owners owners() {
        return STORE.owners();
    }

    @Override
    protected ClusterRef newCluster() {
        return OwnDatabase.newCluster(STORE);
    }
}
