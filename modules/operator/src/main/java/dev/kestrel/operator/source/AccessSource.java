package dev.kestrel.operator.source;

import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.operator.kube.Permissions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Tells, at the start and now and then, whether read-only is proven by the cluster's own RBAC. */
public final class AccessSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(AccessSource.class);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);

    private final Permissions permissions;
    private final boolean writeEnabled;
    private final InstantSource clock;
    private SourceState state = SourceState.STARTING;
    private String detail = "";
    private Instant askedAt = Instant.MIN;

    /**
     * @param writeEnabled some of what is dangerous is then permitted on purpose
     */
    public AccessSource(Permissions permissions, boolean writeEnabled, InstantSource clock) {
        this.permissions = permissions;
        this.writeEnabled = writeEnabled;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        askedAt = clock.instant();
        permissions
                .dangerous()
                .whenComplete(
                        (permitted, failure) -> {
                            if (failure == null) {
                                asked(permitted);
                            } else {
                                failed();
                            }
                        });
    }

    @Override
    public void stop() {
        // Nothing goes on between two questions.
    }

    @Override
    public synchronized List<SourceStatus> status(Instant now) {
        if (!askedAt.equals(Instant.MIN) && !now.isBefore(askedAt.plus(ASK_AGAIN))) {
            start();
        }
        return List.of(new SourceStatus("access", state, Duration.ZERO, detail));
    }

    private synchronized void asked(List<String> permitted) {
        state = SourceState.LIVE;
        detail =
                permitted.isEmpty()
                        ? nothingDangerous()
                        : "RBAC permits: " + String.join(", ", permitted);
        if (!permitted.isEmpty() && !writeEnabled) {
            LOG.atWarn()
                    .addKeyValue("permitted", permitted)
                    .log("this read-only operator has more rights than it needs");
        }
    }

    /** The reviews ask about the whole cluster; in write mode some namespaces permit more. */
    private String nothingDangerous() {
        return writeEnabled
                ? "writes in the namespaces allowed to it, nothing dangerous beyond"
                : "read-only, proven by access reviews";
    }

    private synchronized void failed() {
        state = SourceState.STALE;
        detail = "access reviews could not be asked";
    }
}
