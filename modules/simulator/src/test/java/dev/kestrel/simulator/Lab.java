package dev.kestrel.simulator;

import dev.kestrel.simulator.api.Identity;
import dev.kestrel.simulator.api.SimulatedApiServer;
import dev.kestrel.simulator.api.SimulatedApiServer.Options;
import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.FieldManager;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A small cluster with its API on, and clients for it. */
public final class Lab implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final String OBJECTS =
            """
            {apiVersion: v1, kind: Namespace, metadata: {name: default}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: worker-1, labels: {kubernetes.io/hostname: worker-1}}
            status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: worker-2, labels: {kubernetes.io/hostname: worker-2}}
            status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}}
            """;

    public final SimulatedCluster cluster;
    public final SimulatedApiServer api;
    private final Vertx vertx = Vertx.vertx();

    public Lab() {
        cluster = cluster(7);
        var identities =
                List.of(
                        Identity.admin("admin-token"),
                        Identity.reader("reader-token"),
                        Identity.writer("writer-token"));
        var options = new Options(0, Duration.ofMillis(200), Instant.now(), identities);
        api = new SimulatedApiServer(vertx, cluster, options);
        await(api.start());
    }

    /** The same cluster without an API. */
    public static SimulatedCluster cluster(long seed) {
        var cluster = new SimulatedCluster(Timings.KUBERNETES, START, seed);
        for (var version : List.of("v1", "v2")) {
            cluster.publish(new Image("workload:" + version, "workload", 6_200_000, Map.of()));
        }
        cluster.publish(new Image("batch:v1", "task", 3_100_000, Map.of()));
        apply(cluster, OBJECTS);
        cluster.advance(Duration.ofSeconds(1));
        return cluster;
    }

    /** Creates objects as a person with kubectl does. */
    public static void apply(SimulatedCluster cluster, String yaml) {
        for (var document : Json.documents(yaml)) {
            var type = ResourceTypes.ofKind(document.path("kind").asText());
            var tree = (com.fasterxml.jackson.databind.node.ObjectNode) document;
            var by = FieldManager.update("kubectl-create");
            cluster.inside(inside -> inside.registry().create(type, tree, by, false));
        }
    }

    public static List<KubeObject> pods(SimulatedCluster cluster) {
        return cluster.inside(inside -> inside.store().list(ResourceTypes.POD));
    }

    public KubernetesClient client(String token) {
        var config = Config.fromKubeconfig(api.kubeconfig(token));
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Waits in real time, with the cluster's clock standing still. */
    public static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + what);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** The API away and back again. */
    public void restart(Duration away) {
        await(api.restart(away));
    }

    @Override
    public void close() {
        await(api.stop());
        await(vertx.close());
    }
}
