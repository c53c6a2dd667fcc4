package dev.kestrel.operator.source.log;

import dev.kestrel.operator.kube.KubeApi;

import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where logs are read: the API server's log endpoint, as {@link KubeApi#follow} reads it. */
@FunctionalInterface
public interface LogApi {
    /** Reads a log, piece by piece, until its end or until the handle is closed. */
    CompletableFuture<KubeApi.Following> follow(
            String path, SortedMap<String, String> query, Consumer<byte[]> piece);
}
