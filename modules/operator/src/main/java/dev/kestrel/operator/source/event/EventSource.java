package dev.kestrel.operator.source.event;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.source.ObjectTree;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.Source;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.Watching;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Watches Events and tells each one, and each repetition of it. */
public final class EventSource implements Source {
    private final Sink sink;
    private final InstantSource clock;
    private final Watching watching;

    public EventSource(KubernetesClient client, Sink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
        this.watching = new Watching(client, Kinds.EVENT, new EventStore(), new Telling(), clock);
    }

    @Override
    public void start() {
        watching.start();
    }

    @Override
    public void stop() {
        watching.stop();
    }

    @Override
    public List<SourceStatus> status(Instant now) {
        return List.of(watching.status(now));
    }

    private void tell(GenericKubernetesResource event) {
        Fields fields = ObjectTree.of(Kinds.EVENT, event);
        sink.accept(EventReading.read(fields, clock.instant()));
    }

    private final class Telling implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource event) {
            tell(event);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            tell(after);
        }

        @Override
        public void onDelete(GenericKubernetesResource event, boolean unseen) {
            // An event that expires says nothing about the cluster.
        }
    }
}
