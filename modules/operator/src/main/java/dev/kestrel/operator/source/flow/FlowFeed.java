package dev.kestrel.operator.source.flow;

import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.operator.source.SourceStatus;

import java.time.Instant;

/** Something that watches the network. It connects, and connects again, on its own. */
public interface FlowFeed {
    /** Begins to watch; problems show in {@link #status}, not here. */
    void start(Listener listener);

    void stop();

    /** How it is doing, under the name {@link FlowSource#NAME}. */
    SourceStatus status(Instant now);

    /** Who hears of flows; from one thread at a time. */
    interface Listener {
        void onFlow(FlowSeen flow);

        /** Flows that were lost before they could be told. */
        void onLost(long count);
    }
}
