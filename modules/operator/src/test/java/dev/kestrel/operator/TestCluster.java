package dev.kestrel.operator;

import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.api.AuditEntry;
import dev.kestrel.simulator.api.Identity;
import dev.kestrel.simulator.api.SimulatedApiServer;
import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.testkit.Awaited;

import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A simulated cluster with its API on, for one test. */
public final class TestCluster implements AutoCloseable {
    private static final String OBJECTS =
            """
            {apiVersion: v1, kind: Namespace, metadata: {name: default}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: worker-1, labels: {kubernetes.io/hostname: worker-1}}
            status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}
            """;

    private final SimulatedCluster cluster;
    private final SimulatedApiServer api;

    public TestCluster(Vertx vertx) {
        // The operator under test lives in real time, so the cluster begins now.
        cluster = new SimulatedCluster(Timings.KUBERNETES, Instant.now(), 7);
        cluster.publish(new Image("workload:v1", "workload", 6_200_000, Map.of()));
        apply(OBJECTS);
        cluster.advance(Duration.ofSeconds(1));
        var identities = List.of(Identity.reader("reader-token"), Identity.writer("writer-token"));
        api =
                new SimulatedApiServer(
                        vertx,
                        cluster,
                        new SimulatedApiServer.Options(
                                0, Duration.ofMillis(200), Instant.now(), identities));
        Awaited.await(api.start().toCompletionStage());
    }

    /** Creates objects as a person with kubectl does. */
    public void apply(String yaml) {
        for (var document : Json.documents(yaml)) {
            var type = ResourceTypes.ofKind(document.path("kind").asText());
            var tree = (com.fasterxml.jackson.databind.node.ObjectNode) document;
            var by = FieldManager.update("kubectl-create");
            cluster.inside(inside -> inside.registry().create(type, tree, by, false));
        }
    }

    /** Deletes an object at once. */
    public void delete(String kind, String namespace, String name) {
        var key = new ResourceKey(ResourceTypes.ofKind(kind), namespace, name);
        cluster.inside(inside -> inside.registry().delete(key, 0, false));
    }

    /** Lets time pass in it. */
    public void advance(Duration time) {
        cluster.advance(time);
    }

    /** Forgets its history, as after a compaction. */
    public void compact() {
        cluster.inside(
                inside -> {
                    inside.store().compact();
                    return true;
                });
    }

    /** The API away and back again, with something happening meanwhile. */
    public void restart(Runnable meanwhile) {
        var back = api.restart(Duration.ofSeconds(1));
        meanwhile.run();
        Awaited.await(back.toCompletionStage());
    }

    /** Every open watch stays open and hears nothing more. */
    public void muteStreams() {
        api.muteStreams();
    }

    public String kubeconfig(String token) {
        return api.kubeconfig(token);
    }

    public List<AuditEntry> audit() {
        return api.audit();
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    @Override
    public void close() {
        Awaited.await(api.stop().toCompletionStage());
    }
}
