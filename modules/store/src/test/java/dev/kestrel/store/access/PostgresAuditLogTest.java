package dev.kestrel.store.access;

import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.access.AuditLogContract;

class PostgresAuditLogTest extends AuditLogContract {
    private static final Store STORE = OwnDatabase.newStore();

    @Override
    protected AuditLog audit() {
        return STORE.audit();
    }

    @Override
    protected String newTenant() {
        return OwnDatabase.newTenant(STORE);
    }
}
