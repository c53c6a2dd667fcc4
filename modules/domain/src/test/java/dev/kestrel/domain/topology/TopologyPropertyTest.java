package dev.kestrel.domain.topology;

import static dev.kestrel.domain.scenario.Given.object;
import static dev.kestrel.domain.scenario.Given.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class TopologyPropertyTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");

    private static List<KubeObject> cluster() {
        var objects = new ArrayList<KubeObject>();
        for (var app : List.of("checkout", "cart", "front")) {
            var set = app + "-5d4f";
            objects.add(
                    object(
                            "Deployment/shop/" + app,
                            "spec.template.metadata.labels.app = " + app,
                            "spec.template.spec.containers[app].env[CALLS].value = http://cart/"));
            objects.add(
                    object(
                            "ReplicaSet/shop/" + set,
                            "metadata.ownerReferences = [{kind: Deployment, name: %s, controller: true}]"
                                    .formatted(app),
                            "spec.template.metadata.labels.app = " + app));
            objects.add(object("Service/shop/" + app, "spec.selector.app = " + app));
            objects.add(
                    object(
                            "EndpointSlice/shop/" + app,
                            "metadata.labels[kubernetes.io/service-name] = " + app,
                            "endpoints = [{targetRef: {kind: Pod, name: %s-1}}]".formatted(set)));
            objects.add(pod("Pod/shop/" + set + "-1", set, "5d4f", app));
            objects.add(pod("Pod/shop/" + set + "-2", set, "5d4f", app));
        }
        objects.add(object("NetworkPolicy/shop/all", "spec.podSelector = {}"));
        objects.add(object("Node/node-1", "status.phase = x"));
        return objects;
    }

    private static Topology of(List<KubeObject> objects) {
        var topology = new Topology();
        objects.forEach(object -> topology.apply(object, T0));
        return topology;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theOrderInWhichObjectsArriveDoesNotMatterForTheEdges(long seed) {
        var shuffled = cluster();
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(of(shuffled).snapshot().edges()).isEqualTo(of(cluster()).snapshot().edges());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatComesAndGoesLeavesNothingBehind(long seed) {
        var random = new Random(seed);
        var topology = of(cluster());
        for (var round = 0; round < 200; round++) {
            var object = cluster().get(random.nextInt(cluster().size()));
            if (random.nextBoolean()) {
                topology.remove(object.ref(), "", T0.plusSeconds(round));
            } else {
                topology.apply(object, T0.plusSeconds(round));
            }
        }
        cluster().forEach(object -> topology.remove(object.ref(), "", T0.plusSeconds(999)));

        assertThat(topology.snapshot().edges()).isEmpty();
        assertThat(topology.snapshot().objects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aRestoredTopologyGoesOnLikeTheOneItWasTakenFrom(long seed) {
        var random = new Random(seed);
        var first = of(cluster());
        var second = Topology.restore(first.snapshot(), Topology.Limits.DEFAULTS);
        for (var round = 0; round < 100; round++) {
            var object = cluster().get(random.nextInt(cluster().size()));
            var at = T0.plusSeconds(round);
            var gone = random.nextInt(3) == 0;
            assertThat(gone ? second.remove(object.ref(), "", at) : second.apply(object, at))
                    .isEqualTo(gone ? first.remove(object.ref(), "", at) : first.apply(object, at));
            assertThat(second.affected()).isEqualTo(first.affected());
        }

        assertThat(second.snapshot()).isEqualTo(first.snapshot());
    }

    @Test
    void closedEdgesAndChangesStopAtTheirLimitAndAreCounted() {
        var topology = new Topology(new Topology.Limits(9_999, 1L << 29, 5, 5, 5));
        for (var number = 0; number < 5; number++) {
            flicker(topology, number);
        }
        assertThat(topology.snapshot().closed()).hasSize(5);
        assertThat(topology.forgotten()).containsEntry("closed_edges", 0L);
        assertThat(topology.forgotten()).containsEntry("changed_resources", 0L);

        flicker(topology, 5);
        assertThat(topology.snapshot().closed()).hasSize(5);
        assertThat(topology.snapshot().histories()).hasSize(5);
        assertThat(topology.forgotten()).containsEntry("closed_edges", 1L);
        assertThat(topology.forgotten()).containsEntry("changed_resources", 1L);
    }

    private static void flicker(Topology topology, int number) {
        var claim = object("PersistentVolumeClaim/shop/c" + number, "spec.volumeName = pv");
        topology.apply(claim, T0);
        topology.remove(claim.ref(), "", T0);
    }

    @Test
    void aResourceRemembersEightChanges() {
        var topology = new Topology();
        for (var edit = 0; edit < 20; edit++) {
            topology.apply(
                    object("Deployment/shop/checkout", "spec.replicas = " + edit),
                    T0.plusSeconds(edit));
        }

        var changes = topology.changes(ResourceRef.parse("Deployment/shop/checkout"));
        assertThat(changes).hasSize(8);
        assertThat(changes.getFirst().at()).isEqualTo(T0.plusSeconds(19));
    }

    @Test
    void tenThousandPodsAreTakenInWithinSeconds() {
        var topology = new Topology();
        for (var app = 0; app < 500; app++) {
            topology.apply(object("Service/shop/a" + app, "spec.selector.app = a" + app), T0);
        }
        topology.apply(object("NetworkPolicy/shop/all", "spec.podSelector = {}"), T0);
        var pods =
                Stream.iterate(0, number -> number + 1)
                        .limit(10_000)
                        .map(number -> numbered(number, number % 500))
                        .toList();

        var started = System.nanoTime();
        pods.forEach(pod -> topology.apply(pod, T0));
        pods.forEach(pod -> topology.apply(pod, T0.plusSeconds(1)));

        assertThat(topology.count("Pod")).isEqualTo(10_000);
        assertThat(topology.from(ResourceRef.parse("NetworkPolicy/shop/all"), Relation.POLICY_ON))
                .hasSize(500);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofSeconds(20));
    }

    private static KubeObject numbered(int number, int app) {
        return pod(
                "Pod/shop/a%d-5d4f-%d".formatted(app, number),
                "a" + app + "-5d4f",
                "5d4f",
                "a" + app);
    }
}
