package dev.kestrel.api.access;

import dev.kestrel.domain.access.Clusters.Registered;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** A cluster as the API and the live feed show it. */
public final class ClusterJson {
    private ClusterJson() {}

    public static JsonObject of(Registered cluster) {
        var health = cluster.health();
        return new JsonObject()
                .put("id", cluster.ref().cluster())
                .put("name", cluster.name())
                .put("state", cluster.state())
                .put("createdAt", cluster.createdAt().toString())
                .put("connected", health.connected())
                .put("lastHeardAt", health.lastHeardAt().toString())
                .put("operatorVersion", health.operatorVersion())
                .put("kubernetesVersion", health.kubernetesVersion())
                .put("writeEnabled", health.writeEnabled())
                .put("visibility", health.visibility())
                .put("details", details(health.json()));
    }

    private static JsonObject details(String json) {
        try {
            return new JsonObject(json);
        } catch (DecodeException writtenByAnotherVersion) {
            return new JsonObject();
        }
    }
}
