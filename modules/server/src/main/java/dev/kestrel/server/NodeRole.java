package dev.kestrel.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a node does. */
public enum NodeRole {
    /** Takes the operators' streams; only where the engine is. */
    GATEWAY,
    /** Owns clusters. */
    ENGINE,
    /** Serves people and programs. */
    API;

    /**
     * Reads names separated by commas.
     *
     * @throws IllegalArgumentException when one is unknown, none is there, or the gateway is
     *     without the engine
     */
    static Set<NodeRole> parse(String text) {
        var roles = EnumSet.noneOf(NodeRole.class);
        var unknown = new ArrayList<String>();
        for (var name : text.split(",")) {
            Arrays.stream(values())
                    .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name.strip()))
                    .findFirst()
                    .ifPresentOrElse(roles::add, () -> unknown.add(name.strip()));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "roles: %s is none of gateway, engine and api"
                            .formatted(String.join(", ", unknown)));
        }
        if (roles.contains(GATEWAY) && !roles.contains(ENGINE)) {
            throw new IllegalArgumentException(
                    "roles: a gateway needs the engine on its node, because a cluster's owner lives"
                            + " where its stream ends; add engine");
        }
        return roles;
    }
}
