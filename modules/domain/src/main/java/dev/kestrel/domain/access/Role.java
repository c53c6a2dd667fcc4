package dev.kestrel.domain.access;

import java.util.Set;

/** What a member of a tenant may do. Each role may do what the ones before it may. */
public enum Role {
    VIEWER(Set.of(Permission.READ)),
    RESPONDER(Set.of(Permission.READ, Permission.RESPOND)),
    APPROVER(Set.of(Permission.READ, Permission.RESPOND, Permission.DECIDE)),
    ADMIN(Set.of(Permission.READ, Permission.RESPOND, Permission.DECIDE, Permission.ADMINISTER));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** One thing that can be allowed. */
    public enum Permission {
        READ,
        /** Acknowledge, comment, say that a diagnosis is right or wrong. */
        RESPOND,
        /** Approve or reject a fix. */
        DECIDE,
        /** Add and revoke clusters, manage users. */
        ADMINISTER
    }
}
