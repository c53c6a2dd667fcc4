package dev.kestrel.operator.source.flow;

import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.Source;
import dev.kestrel.operator.source.SourceStatus;

import io.vertx.core.Vertx;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Tells what the network stops, as one feed sees it. */
public final class FlowSource implements Source {
    /** As in the knowledge: what depends on seeing flows. */
    public static final String NAME = "flows";

    private static final long LOOK_MILLIS = 1_000;

    private final FlowFeed feed;
    private final Sink sink;
    private final Vertx vertx;
    private final InstantSource clock;
    private final FlowSums sums = new FlowSums();
    private long timer;

    public FlowSource(FlowFeed feed, Sink sink, Vertx vertx, InstantSource clock) {
        this.feed = feed;
        this.sink = sink;
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public void start() {
        feed.start(new Adding());
        timer = vertx.setPeriodic(LOOK_MILLIS, _ -> tell());
    }

    private synchronized void tell() {
        sums.due(clock.instant()).forEach(sink::accept);
    }

    @Override
    public void stop() {
        vertx.cancelTimer(timer);
        feed.stop();
    }

    @Override
    public List<SourceStatus> status(Instant now) {
        return List.of(feed.status(now));
    }

    private final class Adding implements FlowFeed.Listener {
        @Override
        public void onFlow(FlowSeen flow) {
            synchronized (FlowSource.this) {
                sums.add(flow);
            }
        }

        @Override
        public void onLost(long count) {
            synchronized (FlowSource.this) {
                sums.lose(count);
            }
        }
    }
}
