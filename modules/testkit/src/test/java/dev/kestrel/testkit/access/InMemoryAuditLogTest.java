package dev.kestrel.testkit.access;

import dev.kestrel.domain.access.AuditLog;

/** The fake does what every adapter must do. */
class InMemoryAuditLogTest extends AuditLogContract {
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private int tenants;

    @Override
    protected AuditLog audit() {
        return audit;
    }

    @Override
    protected String newTenant() {
        return "t-" + ++tenants;
    }
}
