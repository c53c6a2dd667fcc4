package dev.kestrel.operator.source.event;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the informer of events keeps: names and versions only, because events are told at once. */
final class EventStore implements ItemStore<GenericKubernetesResource> {
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    @Override
    public String getKey(GenericKubernetesResource event) {
        return Cache.metaNamespaceKeyFunc(event);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource event) {
        return stub(key, versions.put(key, event.getMetadata().getResourceVersion()));
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        return stub(key, versions.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return versions.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return versions.entrySet().stream().map(entry -> stubOf(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return versions.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return stub(key, versions.get(key));
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private static @Nullable GenericKubernetesResource stub(String key, @Nullable String version) {
        return version == null ? null : stubOf(key, version);
    }

    private static GenericKubernetesResource stubOf(String key, String version) {
        var slash = key.indexOf('/');
        var stub = new GenericKubernetesResource();
        stub.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(slash < 0 ? null : key.substring(0, slash))
                        .withName(key.substring(slash + 1))
                        .withResourceVersion(version)
                        .build());
        return stub;
    }
}
