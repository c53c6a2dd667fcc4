package dev.kestrel.operator.source;

import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.operator.kube.Kind;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One watch on the API server, kept alive: paged LIST, then WATCH with bookmarks, listed again when
 * its position is gone. A kind that is not served or not permitted is absent, and asked for again
 * now and then.
 */
public final class Watching {
    private static final long PAGE = 500;
    private static final Duration ASK_AGAIN = Duration.ofMinutes(5);

    /** A watch ends and begins again every few minutes; only a longer gap means anything. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /**
     * Bookmarks tell a watch about once a minute how far it has seen. One that is open and was told
     * nothing for so long has most likely lost its other end without noticing.
     */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final Kind kind;
    private final ItemStore<GenericKubernetesResource> store;
    private final ResourceEventHandler<GenericKubernetesResource> handler;
    private final InstantSource clock;

    private Optional<SharedIndexInformer<GenericKubernetesResource>> informer = Optional.empty();
    private boolean absent;
    private boolean stopped;
    private boolean everCurrent;
    private Instant lastCurrent;
    private Instant askAgainAt = Instant.MAX;
    private String position = "";
    private Instant movedAt;
    private String detail = "";

    /**
     * @param handler told of changes, one at a time
     */
    public Watching(
            KubernetesClient client,
            Kind kind,
            ItemStore<GenericKubernetesResource> store,
            ResourceEventHandler<GenericKubernetesResource> handler,
            InstantSource clock) {
        this.client = client;
        this.kind = kind;
        this.store = store;
        this.handler = handler;
        this.clock = clock;
        this.lastCurrent = clock.instant();
        this.movedAt = lastCurrent;
    }

    /** Begins, or begins again. */
    public synchronized void start() {
        if (stopped) {
            return;
        }
        absent = false;
        askAgainAt = Instant.MAX;
        var context =
                new ResourceDefinitionContext.Builder()
                        .withGroup(kind.group().isEmpty() ? null : kind.group())
                        .withVersion(kind.version())
                        .withKind(kind.name())
                        .withPlural(kind.plural())
                        .withNamespaced(kind.namespaced())
                        .build();
        var resources = client.genericKubernetesResources(context);
        var everywhere = kind.namespaced() ? resources.inAnyNamespace() : resources;
        var begun = everywhere.withLimit(PAGE).runnableInformer(0);
        informer = Optional.of(begun);
        begun.itemStore(store).addEventHandler(handler).exceptionHandler(this::retryAfter);
        begun.start();
    }

    /** Ends it; the handler hears nothing after it. */
    public synchronized void stop() {
        stopped = true;
        informer.ifPresent(SharedIndexInformer::stop);
        informer = Optional.empty();
    }

    private synchronized boolean retryAfter(boolean started, Throwable failure) {
        int code = code(failure);
        if (!started && (code == 403 || code == 404)) {
            absent = true;
            askAgainAt = clock.instant().plus(ASK_AGAIN);
            detail = code == 403 ? "not permitted by RBAC" : "not served by this cluster";
            return false;
        }
        detail = code == 0 ? failure.getClass().getSimpleName() : "API server answered " + code;
        return !stopped;
    }

    /** What the API server answered, which the client may have wrapped; 0 where it did not. */
    private static int code(Throwable failure) {
        return switch (failure) {
            case KubernetesClientException answer when answer.getCode() != 0 -> answer.getCode();
            case Throwable wrapped when wrapped.getCause() != null -> code(wrapped.getCause());
            default -> 0;
        };
    }

    /** How it is doing now; also begins again what is due. */
    public synchronized SourceStatus status(Instant now) {
        if (!now.isBefore(askAgainAt)) {
            start();
        }
        informer.filter(SharedIndexInformer::isWatching).ifPresent(open -> hear(open, now));
        var behind = Duration.between(lastCurrent, now);
        return new SourceStatus("watch/" + kind.name(), state(behind), behind, detail);
    }

    /** An open watch is current as long as it moves; a silent one is begun again by a new list. */
    private void hear(SharedIndexInformer<GenericKubernetesResource> open, Instant now) {
        var reached = String.valueOf(open.lastSyncResourceVersion());
        if (!reached.equals(position)) {
            position = reached;
            movedAt = now;
        }
        if (now.isBefore(movedAt.plus(SILENCE))) {
            lastCurrent = now;
            everCurrent = true;
            detail = "";
        } else {
            movedAt = now;
            open.stop();
            start();
            detail =
                    "an open watch said nothing for " + SILENCE.toMinutes() + " min, listing again";
        }
    }

    private SourceState state(Duration behind) {
        if (absent) {
            return SourceState.ABSENT;
        }
        if (behind.compareTo(GRACE) > 0) {
            return SourceState.STALE;
        }
        return everCurrent ? SourceState.LIVE : SourceState.STARTING;
    }
}
