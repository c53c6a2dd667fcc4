package dev.kestrel.api.http;

import dev.kestrel.domain.access.Role;

/** Who may call an operation; the {@code x-role} of the OpenAPI file. */
public enum Access {
    /** No token is needed. */
    OPEN,
    VIEWER,
    RESPONDER,
    APPROVER,
    ADMIN;

    /** Roles are ordered: each may do what the ones before it may. */
    boolean admits(Role role) {
        return switch (this) {
            case OPEN, VIEWER -> true;
            case RESPONDER -> role.may(Role.Permission.RESPOND);
            case APPROVER -> role.may(Role.Permission.DECIDE);
            case ADMIN -> role.may(Role.Permission.ADMINISTER);
        };
    }
}
