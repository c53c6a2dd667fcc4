package dev.kestrel.operator.source.inventory;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.Watching;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of all objects of one kind: each change that matters, and everything in order when a
 * snapshot is due. Level over edge: what is told is the state when it is told.
 */
final class KindWatch implements ResourceEventHandler<GenericKubernetesResource> {
    private final Kind kind;
    private final Sink sink;
    private final ObjectListener listener;
    private final InstantSource clock;
    private final HeldStore store;
    private final Watching watching;

    /** Fingerprint of what was last told, by key. */
    private final Map<String, String> told = new HashMap<>();

    private boolean primed;
    private boolean stopped;
    private boolean snapshotDue;
    private boolean snapshotting;
    private long sinceBegun;

    KindWatch(
            KubernetesClient client,
            Kind kind,
            Sink sink,
            ObjectListener listener,
            InstantSource clock) {
        this.kind = kind;
        this.sink = sink;
        this.listener = listener;
        this.clock = clock;
        this.store = new HeldStore(kind);
        this.watching = new Watching(client, kind, store, this, clock);
    }

    void start() {
        watching.start();
    }

    void stop() {
        synchronized (this) {
            stopped = true;
        }
        watching.stop();
    }

    SourceStatus status(Instant now) {
        return watching.status(now);
    }

    /** All objects are told again, from the beginning if a snapshot is under way. */
    synchronized void snapshot() {
        snapshotDue = true;
        if (primed && !snapshotting && !stopped) {
            snapshotting = true;
            Thread.ofVirtual().name("snapshot-" + kind.name()).start(this::tellAll);
        }
    }

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
        synchronized (this) {
            primed = true;
        }
        snapshot();
    }

    @Override
    public void onAdd(GenericKubernetesResource resource) {
        changed(store.getKey(resource));
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
        changed(store.getKey(after));
    }

    @Override
    public synchronized void onDelete(GenericKubernetesResource resource, boolean unseen) {
        var key = store.getKey(resource);
        if (stopped || store.find(key).isPresent()) {
            return;
        }
        var gone = ref(resource);
        listener.onGone(gone);
        if (told.remove(key) != null) {
            say(new Observation.ObjectGone(gone, uid(resource)));
        }
    }

    private ResourceRef ref(GenericKubernetesResource resource) {
        var namespace = resource.getMetadata().getNamespace();
        return new ResourceRef(
                kind.name(), namespace == null ? "" : namespace, resource.getMetadata().getName());
    }

    private static String uid(GenericKubernetesResource resource) {
        var uid = resource.getMetadata().getUid();
        return uid == null ? "" : uid;
    }

    /** Before the first list is complete nothing is told: the snapshot after it tells it all. */
    private synchronized void changed(String key) {
        if (primed && !stopped) {
            store.find(key)
                    .filter(held -> !held.fingerprint().equals(told.get(key)))
                    .ifPresent(held -> tell(key, held));
        }
    }

    private void tell(String key, Held held) {
        told.put(key, held.fingerprint());
        sinceBegun++;
        var object = held.object(kind);
        listener.onSeen(object.ref(), object.fields());
        say(new Observation.ObjectSeen(object));
    }

    private void tellAll() {
        try {
            while (begin()) {
                for (var key : store.sortedKeys()) {
                    sink.awaitRoom();
                    if (!next(key)) {
                        break;
                    }
                }
                complete();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean begin() {
        snapshotting = snapshotDue && !stopped;
        if (snapshotting) {
            snapshotDue = false;
            sinceBegun = 0;
            say(new Observation.SnapshotBegun(kind.name()));
        }
        return snapshotting;
    }

    /** False when the snapshot is to begin anew. */
    private synchronized boolean next(String key) {
        if (!snapshotDue && !stopped) {
            store.find(key).ifPresent(held -> tell(key, held));
        }
        return !snapshotDue && !stopped;
    }

    private synchronized void complete() {
        if (!snapshotDue && !stopped) {
            say(new Observation.SnapshotCompleted(kind.name(), sinceBegun));
        }
    }

    private void say(Observation observation) {
        sink.accept(new Signal(clock.instant(), observation));
    }
}
