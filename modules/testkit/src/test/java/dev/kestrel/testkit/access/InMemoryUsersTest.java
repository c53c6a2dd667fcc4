package dev.kestrel.testkit.access;

import dev.kestrel.domain.access.Users;

/** The fake does what every adapter must do. */
class InMemoryUsersTest extends UsersContract {
    private final InMemoryUsers users = new InMemoryUsers();
    private int tenants;

    @Override
    protected Users users() {
        return users;
    }

    @Override
    protected String newTenant() {
        return "t-" + ++tenants;
    }
}
