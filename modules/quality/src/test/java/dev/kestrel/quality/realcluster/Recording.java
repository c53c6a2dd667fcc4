package dev.kestrel.quality.realcluster;

import com.fasterxml.jackson.databind.JsonNode;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.LogWatch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Watches namespaces and keeps each different signal line once, as first seen. What an object said
 * before the change and says still is not repeated after it.
 */
final class Recording implements AutoCloseable {

    private record Kind(String apiVersion, String name) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("v1", "Pod"),
                    new Kind("v1", "Event"),
                    new Kind("apps/v1", "Deployment"),
                    new Kind("apps/v1", "ReplicaSet"),
                    new Kind("discovery.k8s.io/v1", "EndpointSlice"));

    private final KubernetesClient client;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<String, Set<String>> saidBefore = new HashMap<>();
    private final Map<String, Set<String>> said = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private SequencedSet<String> before = new LinkedHashSet<>();
    private SequencedSet<String> lines = new LinkedHashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grew = lock.newCondition();

    private Recording(KubernetesClient client) {
        this.client = client;
    }

    static Recording of(KubernetesClient client, Iterable<String> namespaces) {
        var recording = new Recording(client);
        for (var namespace : namespaces) {
            KINDS.forEach(kind -> recording.running.add(recording.watch(namespace, kind)));
        }
        return recording;
    }

    private Watch watch(String namespace, Kind kind) {
        return client.genericKubernetesResources(kind.apiVersion(), kind.name())
                .inNamespace(namespace)
                .watch(
                        new Watcher<>() {
                            @Override
                            public void eventReceived(
                                    Action action, GenericKubernetesResource seen) {
                                if (action != Action.DELETED) {
                                    addObject(RealCluster.json(json(seen)));
                                }
                            }

                            @Override
                            public void onClose(WatcherException cause) {
                                add("the watch of " + kind.name() + " broke: " + cause);
                            }
                        });
    }

    private String json(GenericKubernetesResource seen) {
        return client.getKubernetesSerialization().asJson(seen);
    }

    /** Keeps which packets of the namespace are denied from now on, too. */
    void followFlows(RealCluster cluster, String namespace) {
        running.add(FlowLines.follow(cluster, client, namespace, this::add));
    }

    /** Keeps what the deployment's pod logs from now on, too. */
    void followLog(String namespace, String deployment) {
        LogWatch log =
                client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(deployment)
                        .tailingLines(1)
                        .watchLog();
        running.add(log);
        Thread.ofVirtual().start(() -> read(deployment, log));
    }

    private void read(String deployment, LogWatch log) {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                add(SignalLines.log(deployment, line));
            }
        } catch (IOException e) {
            // The log ends when the recording does, or with its container; either is no news.
            return;
        }
    }

    private void addObject(JsonNode object) {
        lock.lock();
        try {
            var seen = SignalLines.of(object);
            said.put(uid(object), Set.copyOf(seen));
            versions.put(uid(object), version(object));
            var old = saidBefore.getOrDefault(uid(object), Set.of());
            lines.addAll(seen.stream().filter(line -> !old.contains(line)).toList());
            grew.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            grew.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    private static long version(JsonNode object) {
        return Long.parseLong(object.at("/metadata/resourceVersion").asText());
    }

    /** Returns once each of these objects was seen as it is here or later. */
    void catchUp(JsonNode objects, Duration within) {
        await(
                () ->
                        objects.valueStream()
                                        .allMatch(
                                                object ->
                                                        versions.getOrDefault(uid(object), 0L)
                                                                >= version(object))
                                ? Optional.of("")
                                : Optional.empty(),
                "news of all objects",
                within);
    }

    /** Lines seen from now on are those after the change; it is made right after this returns. */
    void changeBegins() {
        lock.lock();
        try {
            before = lines;
            lines = new LinkedHashSet<>();
            saidBefore.putAll(said);
        } finally {
            lock.unlock();
        }
    }

    /** Every line before the change. */
    List<String> before() {
        lock.lock();
        try {
            return List.copyOf(before);
        } finally {
            lock.unlock();
        }
    }

    /** Every line since the change. */
    List<String> after() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns at the first line of that kind, of this side of the change, seen already or yet to
     * come.
     */
    String await(Predicate<String> wanted, String what, Duration within) {
        return await(() -> lines.stream().filter(wanted).findFirst(), what, within);
    }

    /**
     * Lines of the file that were not seen even so long after the proof: controllers tell of the
     * same change in no certain order.
     */
    List<String> missing(SignalFile file, Duration within) {
        lock.lock();
        try {
            waitFor(() -> file.missingIn(before(), after()).isEmpty(), within);
            return file.missingIn(before(), after());
        } finally {
            lock.unlock();
        }
    }

    private String await(Supplier<Optional<String>> search, String what, Duration within) {
        lock.lock();
        try {
            waitFor(() -> search.get().isPresent(), within);
            return search.get()
                    .orElseThrow(
                            () ->
                                    new AssertionError(
                                            "no %s within %s:%n%s"
                                                    .formatted(
                                                            what,
                                                            within,
                                                            String.join("\n", lines))));
        } finally {
            lock.unlock();
        }
    }

    private void waitFor(BooleanSupplier found, Duration within) {
        try {
            var left = within.toNanos();
            while (left > 0 && !found.getAsBoolean()) {
                left = grew.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    @Override
    public void close() {
        for (var each : running) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("a watch does not close", e);
            }
        }
    }
}
