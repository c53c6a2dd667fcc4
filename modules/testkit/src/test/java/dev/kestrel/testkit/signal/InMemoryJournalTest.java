package dev.kestrel.testkit.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Owners;

/** The fake does what every adapter must do. */
class InMemoryJournalTest extends JournalContract {
    private final InMemoryOwners owners = new InMemoryOwners();
    private final InMemoryJournal journal = new InMemoryJournal(owners);
    private int clusters;

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Owners owners() {
        return owners;
    }

    @Override
    protected ClusterRef newCluster() {
        return new ClusterRef("acme", "c-" + ++clusters);
    }
}
