package dev.kestrel.simulator.scenario;

import dev.kestrel.simulator.resource.ResourceKey;

import java.time.Duration;

/** Something that must be true in the cluster once a fault has been mended. */
public sealed interface Effect {
    /** The workload runs all its pods, all of its newest template, all available. */
    record Available(ResourceKey workload) implements Effect {}

    /** The Service has at least so many ready endpoints. */
    record Endpoints(String namespace, String service, int atLeast) implements Effect {}

    /** A pod in the namespace can look the name up. */
    record Resolves(String namespace, String host) implements Effect {}

    /**
     * A pod in the namespace gets a good answer from the URL.
     *
     * @param app whose pod; empty for one whom no policy is about
     */
    record Answers(String namespace, String app, String url) implements Effect {}

    /** No container of the app ended within the time just past, and all of them run. */
    record Calm(String namespace, String app, Duration past) implements Effect {}
}
