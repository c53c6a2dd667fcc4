package dev.kestrel.store.access;

import dev.kestrel.domain.access.Users;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.access.UsersContract;

class PostgresUsersTest extends UsersContract {
    private static final Store STORE = OwnDatabase.newStore();

    @Override
    protected Users users() {
        return STORE.users();
    }

    @Override
    protected String newTenant() {
        return OwnDatabase.newTenant(STORE);
    }
}
