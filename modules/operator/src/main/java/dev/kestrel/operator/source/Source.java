package dev.kestrel.operator.source;

import java.time.Instant;
import java.util.List;

/** A place where telemetry is collected. It keeps working, or says that it does not, on its own. */
public interface Source {
    /** Begins to collect; problems show in {@link #status}, not here. */
    void start();

    /** Stops collecting; nothing is put into the sink after it. */
    void stop();

    /** How it is doing, one entry per part that can fail on its own. */
    List<SourceStatus> status(Instant now);
}
