package dev.kestrel.operator.source.inventory;

import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.Source;
import dev.kestrel.operator.source.SourceStatus;

import io.fabric8.kubernetes.client.KubernetesClient;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects of the cluster, kind by kind. */
public final class Inventory implements Source {
    private final Map<String, KindWatch> watches = new LinkedHashMap<>();

    /**
     * @param pods told of pods as they change
     */
    public Inventory(KubernetesClient client, Sink sink, ObjectListener pods, InstantSource clock) {
        for (var kind : Kinds.INVENTORY) {
            var listener = kind.equals(Kinds.POD) ? pods : ObjectListener.NONE;
            watches.put(kind.name(), new KindWatch(client, kind, sink, listener, clock));
        }
    }

    @Override
    public void start() {
        watches.values().forEach(KindWatch::start);
    }

    @Override
    public void stop() {
        watches.values().forEach(KindWatch::stop);
    }

    @Override
    public List<SourceStatus> status(Instant now) {
        return watches.values().stream().map(watch -> watch.status(now)).toList();
    }

    /** Everything is told again, for a cloud that has forgotten it. */
    public void snapshot() {
        watches.values().forEach(KindWatch::snapshot);
    }

    /** One kind is told again, because some of it had to be dropped. */
    public void snapshot(String kind) {
        var watch = watches.get(kind);
        if (watch != null) {
            watch.snapshot();
        }
    }
}
