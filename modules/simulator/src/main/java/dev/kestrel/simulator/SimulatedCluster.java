package dev.kestrel.simulator;

import dev.kestrel.simulator.control.Actor;
import dev.kestrel.simulator.control.Bookkeeping;
import dev.kestrel.simulator.control.Controller;
import dev.kestrel.simulator.control.CronJobController;
import dev.kestrel.simulator.control.DaemonSetController;
import dev.kestrel.simulator.control.DeploymentController;
import dev.kestrel.simulator.control.EndpointSliceController;
import dev.kestrel.simulator.control.GarbageCollector;
import dev.kestrel.simulator.control.JobController;
import dev.kestrel.simulator.control.ReplicaSetController;
import dev.kestrel.simulator.control.StatefulSetController;
import dev.kestrel.simulator.event.EventRecorder;
import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.network.Network;
import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.ImageStore;
import dev.kestrel.simulator.node.Kubelets;
import dev.kestrel.simulator.node.PodContext.NodeServices;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.schedule.Scheduler;
import dev.kestrel.simulator.store.ObjectStore;
import dev.kestrel.simulator.write.Identities;
import dev.kestrel.simulator.write.Registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A whole cluster on a clock of its own. Time passes only in {@link #advance}; whoever drives it
 * decides whether by hand, in real time, or faster. The same seed and the same steps give the same
 * history. Safe for concurrent use: one caller at a time is let in.
 */
public final class SimulatedCluster {
    private static final long FIRST_REVISION = 1000;
    private static final int HISTORY_LIMIT = 20_000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration EVENT_EXPIRY = Duration.ofMinutes(1);

    private final Timings timings;
    private final ObjectStore store = new ObjectStore(FIRST_REVISION, HISTORY_LIMIT);
    private final ImageStore images = new ImageStore();
    private final Registry registry;
    private final EventRecorder events;
    private final Network network;
    private final Kubelets kubelets;
    private final List<Controller> controllers;
    private Instant now;
    private Instant lastExpiry;
    private Instant lastLook;
    private long lastSeen;

    /**
     * @param start what the cluster's clock shows at first
     * @param seed decides uids and generated names
     */
    public SimulatedCluster(Timings timings, Instant start, long seed) {
        this.timings = timings;
        this.now = start;
        this.lastExpiry = start;
        this.lastLook = start;
        var identities = new Identities(new SplittableRandom(seed));
        this.registry = new Registry(store, identities, this::time);
        this.events = new EventRecorder(store, registry, this::time);
        this.network = new Network(store, this::time);
        var actor = new Actor("", Source.of(""), store, registry, events, this::time);
        this.kubelets = new Kubelets(actor, new NodeServices(timings, images, network, identities));
        this.controllers =
                List.of(
                        new CronJobController(actor),
                        new JobController(actor),
                        new DeploymentController(actor),
                        new ReplicaSetController(actor),
                        new StatefulSetController(actor),
                        new DaemonSetController(actor),
                        new Bookkeeping(actor),
                        new Scheduler(actor),
                        new EndpointSliceController(actor),
                        new GarbageCollector(actor));
    }

    private Instant time() {
        return now;
    }

    public synchronized Instant now() {
        return now;
    }

    /** Lets time pass, tick by tick; others are let in between two ticks. */
    public void advance(Duration duration) {
        var end = now().plus(duration);
        while (now().isBefore(end)) {
            tickTowards(end);
        }
    }

    /** Lets a time pass in which nothing happens: what is due by then happens at its end, once. */
    public synchronized void rest(Duration duration) {
        now = now.plus(duration);
    }

    private synchronized void tickTowards(Instant end) {
        var next = now.plus(timings.tick());
        now = next.isAfter(end) ? end : next;
        kubelets.reconcile();
        // Most of the time nothing has changed; then one look a second is enough for what waits.
        if (store.revision() != lastSeen || !now.isBefore(lastLook.plus(LOOK))) {
            lastSeen = store.revision();
            lastLook = now;
            controllers.forEach(Controller::reconcile);
        }
        if (now.isAfter(lastExpiry.plus(EVENT_EXPIRY))) {
            lastExpiry = now;
            events.expire();
        }
    }

    /** Pushes an image to its registry, from where nodes can pull it. */
    public synchronized void publish(Image image) {
        images.publish(image);
    }

    /** Decides how the registry of some repositories answers from now on. */
    public synchronized void answer(String repositories, ImageStore.Answer answer) {
        images.answer(repositories, answer);
    }

    /** Does something with the inside of the cluster while nothing else happens in it. */
    public synchronized <T> T inside(Function<Inside, T> use) {
        return use.apply(new Inside(store, registry, kubelets, network, now));
    }

    /** The parts of the cluster, for the API in front of it and for scenarios. */
    public record Inside(
            ObjectStore store,
            Registry registry,
            Kubelets kubelets,
            Network network,
            Instant now) {}
}
