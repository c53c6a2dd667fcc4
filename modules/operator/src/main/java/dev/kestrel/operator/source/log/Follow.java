package dev.kestrel.operator.source.log;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.kube.KubeApi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One log being read: followed while its container runs, or read once where the run is over. */
final class Follow {
    private static final String LAST_LINES = "200";

    private final Wanted wanted;
    private final LogReading reading;
    private final LineSplitter lines = new LineSplitter(LogReading.LINE_BYTES);
    private final Consumer<Signal> told;

    private Optional<KubeApi.Following> open = Optional.empty();
    private boolean closed;
    private boolean ended;
    private int status;

    /**
     * @param after lines up to this time were told before
     */
    Follow(Wanted wanted, Instant after, Consumer<Signal> told, InstantSource clock) {
        this.wanted = wanted;
        this.told = told;
        this.reading = new LogReading(wanted, after, clock);
    }

    void begin(LogApi api) {
        var query = new TreeMap<String, String>();
        query.put("container", wanted.container());
        query.put("timestamps", "true");
        query.put("tailLines", LAST_LINES);
        query.put("previous", Boolean.toString(wanted.previous()));
        query.put("follow", Boolean.toString(wanted.ongoing()));
        if (reading.after().isAfter(Instant.EPOCH)) {
            query.put("sinceTime", reading.after().toString());
        }
        var path = Kinds.POD.path(wanted.pod().namespace(), wanted.pod().name()) + "/log";
        api.follow(path, query, this::onPiece)
                .whenComplete(
                        (following, failure) -> {
                            if (failure != null) {
                                end();
                            } else {
                                opened(following);
                            }
                        });
    }

    private synchronized void opened(KubeApi.Following following) {
        status = following.status();
        open = Optional.of(following);
        if (closed) {
            following.close();
        }
        following.ended().whenComplete((done, failure) -> end());
    }

    private synchronized void onPiece(byte[] piece) {
        // The body of a refusal comes before its status is known, and is JSON on one line.
        for (var line : lines.feed(piece)) {
            tell(line);
        }
    }

    private void tell(String line) {
        if (!closed && !line.startsWith("{\"kind\":\"Status\"")) {
            reading.read(line).ifPresent(told);
        }
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            lines.rest().forEach(this::tell);
        }
    }

    synchronized void close() {
        closed = true;
        open.ifPresent(KubeApi.Following::close);
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** True when the API server said that logs are not for this operator. */
    synchronized boolean isForbidden() {
        return status == 403;
    }

    Wanted wanted() {
        return wanted;
    }

    Instant after() {
        return reading.after();
    }

    long takeShed() {
        return reading.takeShed();
    }
}
