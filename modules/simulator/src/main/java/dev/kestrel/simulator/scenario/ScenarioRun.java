package dev.kestrel.simulator.scenario;

import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.control.DisruptionBudgets;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Refusal;
import dev.kestrel.simulator.write.Registry.PatchKind;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One scenario being played on a cluster. Time passes only in {@link #advance}; the steps happen
 * when their time has come. Not for use by more than one thread.
 */
public final class ScenarioRun {
    /** How long a base cluster needs until everything in it runs. */
    public static final Duration SETTLING = Duration.ofSeconds(60);

    /** Nothing in a cluster that people use was created just now. */
    private static final Duration AGE = Duration.ofHours(12);

    private static final FieldManager PERSON = FieldManager.update("kubectl-patch");

    private final Scenario scenario;
    private final SimulatedCluster cluster;
    private final Instant begin;
    private final Set<String> draining = new LinkedHashSet<>();
    private int done;

    private ScenarioRun(Scenario scenario, SimulatedCluster cluster) {
        this.scenario = scenario;
        this.cluster = cluster;
        this.begin = cluster.now();
    }

    /**
     * Builds the scenario's cluster and lets it settle; no step has happened yet.
     *
     * @param start when the cluster has its usual age; it settles from then on
     */
    public static ScenarioRun prepare(
            Scenario scenario, Timings timings, Instant start, long seed) {
        var cluster = scenario.base().build(timings, start.minus(AGE), seed);
        cluster.advance(SETTLING);
        cluster.rest(Duration.between(cluster.now(), start));
        cluster.advance(SETTLING);
        return new ScenarioRun(scenario, cluster);
    }

    /** Plays a scenario on a cluster of the same base that already runs. */
    public static ScenarioRun on(Scenario scenario, SimulatedCluster cluster) {
        return new ScenarioRun(scenario, cluster);
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    public Scenario scenario() {
        return scenario;
    }

    /** How long the scenario has been playing. */
    public Duration elapsed() {
        return Duration.between(begin, cluster.now());
    }

    /** Lets time pass and does what falls due. */
    public void advance(Duration duration) {
        var end = cluster.now().plus(duration);
        while (true) {
            act();
            var left = Duration.between(cluster.now(), end);
            if (left.isZero()) {
                return;
            }
            var second = Duration.ofSeconds(1);
            cluster.advance(left.compareTo(second) < 0 ? left : second);
        }
    }

    private void act() {
        while (done < scenario.steps().size()
                && scenario.steps().get(done).at().compareTo(elapsed()) <= 0) {
            perform(scenario.steps().get(done).action());
            done++;
        }
        draining.forEach(this::evict);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Patch(var target, var with) ->
                    cluster.inside(
                            inside -> {
                                var kind = PatchKind.STRATEGIC;
                                var next = inside.registry().patched(target, with, kind);
                                return inside.registry().replace(next, PERSON, false);
                            });
            case Action.Create(var object) -> Baseline.create(cluster, object);
            case Action.Delete(var target) ->
                    cluster.inside(inside -> inside.registry().delete(target, -1, false));
            case Action.Drain(var node) -> {
                cordon(node, true);
                draining.add(node);
            }
            case Action.Uncordon(var node) -> {
                draining.remove(node);
                cordon(node, false);
            }
            case Action.Registry(var repositories, var answer) ->
                    cluster.answer(repositories, answer);
            case Action.Publish(var image) -> cluster.publish(image);
        }
    }

    private void cordon(String node, boolean cordoned) {
        var key = new ResourceKey(ResourceTypes.NODE, "", node);
        cluster.inside(
                inside ->
                        inside.registry()
                                .edit(
                                        key,
                                        PERSON,
                                        tree -> {
                                            var spec = Json.ensure(tree, "spec");
                                            spec.remove("unschedulable");
                                            if (cordoned) {
                                                spec.put("unschedulable", true);
                                            }
                                        }));
    }

    /** A drain tries again and again while a disruption budget holds it up. */
    private void evict(String node) {
        cluster.inside(
                inside -> {
                    for (var pod : inside.store().list(ResourceTypes.POD)) {
                        var daemon =
                                pod.controller()
                                        .map(owner -> owner.path("kind").asText())
                                        .orElse("")
                                        .equals("DaemonSet");
                        if (pod.text("spec", "nodeName").equals(node)
                                && !daemon
                                && !pod.isDeleting()) {
                            evict(inside, pod);
                        }
                    }
                    return true;
                });
    }

    private static void evict(Inside inside, KubeObject pod) {
        try {
            DisruptionBudgets.evict(inside.store(), inside.registry(), pod.key(), false);
        } catch (Refusal refusal) {
            if (refusal.code() != 429) {
                throw refusal;
            }
        }
    }

    /** Whether all that the scenario expects of a fix is true now; always where it expects none. */
    public boolean isMended() {
        return switch (scenario.expected()) {
            case Expected.Healthy _, Expected.NearMiss _ -> true;
            case Expected.Incidents incidents ->
                    cluster.inside(
                            inside ->
                                    incidents.each().stream()
                                            .flatMap(one -> one.effect().stream())
                                            .allMatch(effect -> Effects.hold(inside, effect)));
        };
    }
}
