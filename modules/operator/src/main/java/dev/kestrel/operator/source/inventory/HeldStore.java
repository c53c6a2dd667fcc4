package dev.kestrel.operator.source.inventory;

import dev.kestrel.operator.kube.Kind;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What an informer keeps: {@link Held} instead of the objects. To the informer it gives back stubs
 * of name, uid and version, which is all that it looks at.
 */
final class HeldStore implements ItemStore<GenericKubernetesResource> {
    private final Kind kind;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    HeldStore(Kind kind) {
        this.kind = kind;
    }

    Optional<Held> find(String key) {
        return Optional.ofNullable(held.get(key));
    }

    List<String> sortedKeys() {
        return held.keySet().stream().sorted().toList();
    }

    @Override
    public String getKey(GenericKubernetesResource resource) {
        return Cache.metaNamespaceKeyFunc(resource);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource resource) {
        return stub(held.put(key, Held.of(kind, resource)));
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        return stub(held.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return held.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return held.values().stream().map(HeldStore::stubOf);
    }

    @Override
    public int size() {
        return held.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return stub(held.get(key));
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private static @Nullable GenericKubernetesResource stub(@Nullable Held held) {
        return held == null ? null : stubOf(held);
    }

    private static GenericKubernetesResource stubOf(Held held) {
        var stub = new GenericKubernetesResource();
        stub.setMetadata(
                new ObjectMetaBuilder()
                        .withName(held.ref().name())
                        .withNamespace(
                                held.ref().namespace().isEmpty() ? null : held.ref().namespace())
                        .withUid(held.uid())
                        .withResourceVersion(held.resourceVersion())
                        .build());
        return stub;
    }
}
