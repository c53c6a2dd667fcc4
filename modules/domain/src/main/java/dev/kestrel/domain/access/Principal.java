package dev.kestrel.domain.access;

/**
 * A person or program that was authenticated. Its tenant comes from the token, never from a
 * message.
 *
 * @param user id of the user, unique within the tenant
 * @param name how to call them, for example an e-mail address
 */
public record Principal(String tenant, String user, String name, Role role) {
    public boolean may(Role.Permission permission) {
        return role.may(permission);
    }
}
