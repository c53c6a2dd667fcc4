package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.signal.JournalContract;

class PostgresJournalTest extends JournalContract {
    private static final Store STORE = OwnDatabase.newStore();

    @Override
    protected Journal journal() {
        return STORE.journal();
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
