package dev.kestrel.quality.scenario;

import dev.kestrel.operator.kube.KubeApi;
import dev.kestrel.operator.source.log.LogApi;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.node.LogFile;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;

import io.fabric8.kubernetes.client.http.AsyncBody;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The logs of a simulated cluster as its API serves them, but on the virtual clock: followed ones
 * go on when {@link #flow} is called, so that a story is the same each time.
 */
final class SimulatedLogs implements LogApi {
    private static final int BAD_REQUEST = 400;

    private final SimulatedCluster cluster;
    private final List<Open> open = new ArrayList<>();

    SimulatedLogs(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public CompletableFuture<KubeApi.Following> follow(
            String path, SortedMap<String, String> query, Consumer<byte[]> piece) {
        var body = new Body();
        var file = file(path.split("/"), query);
        if (file.isEmpty()) {
            body.cancel();
            return CompletableFuture.completedFuture(new KubeApi.Following(BAD_REQUEST, body));
        }
        var reading = new Open(file.get(), since(query), piece, body);
        reading.skipTo(Integer.parseInt(query.getOrDefault("tailLines", "0")));
        reading.flow();
        if (query.getOrDefault("follow", "false").equals("true")) {
            open.add(reading);
        } else {
            body.cancel();
        }
        return CompletableFuture.completedFuture(new KubeApi.Following(200, body));
    }

    /** From {@code /api/v1/namespaces/NAMESPACE/pods/NAME/log}. */
    private Optional<LogFile> file(String[] path, SortedMap<String, String> query) {
        var key = new ResourceKey(ResourceTypes.POD, path[4], path[6]);
        var container = query.getOrDefault("container", "");
        var previous = query.getOrDefault("previous", "false").equals("true");
        return cluster.inside(
                inside ->
                        inside.store()
                                .get(key)
                                .flatMap(pod -> inside.kubelets().log(pod, container, previous)));
    }

    private static Instant since(SortedMap<String, String> query) {
        return query.containsKey("sinceTime")
                ? Instant.parse(query.getOrDefault("sinceTime", ""))
                : Instant.MIN;
    }

    /** Tells what was written since the last call. */
    void flow() {
        open.removeIf(reading -> reading.body.done().isDone());
        List.copyOf(open).forEach(Open::flow);
    }

    /** One log being followed. */
    private static final class Open {
        private final LogFile file;
        private final Instant since;
        private final Consumer<byte[]> piece;
        private final Body body;
        private long next;

        Open(LogFile file, Instant since, Consumer<byte[]> piece, Body body) {
            this.file = file;
            this.since = since;
            this.piece = piece;
            this.body = body;
        }

        void skipTo(int tail) {
            next = tail == 0 ? 0 : Math.max(0, file.written() - tail);
        }

        void flow() {
            var lines = file.from(next);
            next = file.written();
            for (var line : lines) {
                if (!line.at().isBefore(since)) {
                    piece.accept(
                            (line.at() + " " + line.text() + "\n")
                                    .getBytes(StandardCharsets.UTF_8));
                }
            }
            if (file.isClosed()) {
                body.cancel();
            }
        }
    }

    /** Ends when somebody ends it. */
    private static final class Body implements AsyncBody {
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public void consume() {
            // Pieces come without being asked for.
        }

        @Override
        public CompletableFuture<Void> done() {
            return ended;
        }

        @Override
        public void cancel() {
            ended.complete(null);
        }
    }
}
