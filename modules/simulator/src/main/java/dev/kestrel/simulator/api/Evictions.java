package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.control.DisruptionBudgets;
import dev.kestrel.simulator.resource.Json;

/** Deletes pods on request of a drain, as far as disruption budgets allow. */
final class Evictions {
    private Evictions() {}

    static ObjectNode evict(Inside inside, Target target) {
        DisruptionBudgets.evict(inside.store(), inside.registry(), target.key(), target.dryRun());
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }
}
