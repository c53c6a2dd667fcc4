package dev.kestrel.operator.source.log;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.Observation.SignalsShed;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.Source;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.inventory.ObjectListener;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the logs that {@link Trouble} names, as pods change, with a bound on how many at once. Each
 * ended run is read once; what a container said before is not told again after a reconnect.
 */
public final class LogSource implements Source, ObjectListener {
    private static final int MOST_AT_ONCE = 32;
    private static final int PODS_IN_TROUBLE = 2_000;
    private static final int CONTAINERS_HEARD = 5_000;

    private final LogApi api;
    private final Sink sink;
    private final InstantSource clock;
    private final Map<ResourceRef, Fields> pods = new TreeMap<>();
    private final Map<Wanted, Follow> follows = new TreeMap<>();
    private final SortedSet<Wanted> over = new TreeSet<>();
    private final Map<String, Instant> heard = new HashMap<>();

    private boolean stopped;
    private boolean forbidden;
    private int leftOut;
    private long shedSince;

    public LogSource(LogApi api, Sink sink, InstantSource clock) {
        this.api = api;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public void start() {
        // Pods that change begin it.
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        follows.values().forEach(Follow::close);
        follows.clear();
    }

    @Override
    public synchronized void onSeen(ResourceRef pod, Fields object) {
        if (Trouble.of(pod, object, clock.instant()).isEmpty()) {
            pods.remove(pod);
        } else if (pods.size() < PODS_IN_TROUBLE || pods.containsKey(pod)) {
            pods.put(pod, object);
        }
        settle();
    }

    @Override
    public synchronized void onGone(ResourceRef pod) {
        pods.remove(pod);
        settle();
    }

    /** Also looks again for what time alone has changed. */
    @Override
    public synchronized List<SourceStatus> status(Instant now) {
        settle();
        reportShed(now);
        var detail =
                leftOut == 0
                        ? ""
                        : leftOut + " logs not read: at most " + MOST_AT_ONCE + " at once";
        return List.of(
                forbidden
                        ? new SourceStatus(
                                "logs", SourceState.ABSENT, Duration.ZERO, "not permitted by RBAC")
                        : new SourceStatus("logs", SourceState.LIVE, Duration.ZERO, detail));
    }

    private void settle() {
        if (stopped) {
            return;
        }
        var wanted = new TreeSet<Wanted>();
        var now = clock.instant();
        pods.forEach((pod, fields) -> wanted.addAll(Trouble.of(pod, fields, now)));
        closeUnwanted(wanted);
        over.retainAll(wanted);
        leftOut = 0;
        for (var log : wanted) {
            if (follows.containsKey(log) || over.contains(log)) {
                continue;
            }
            if (follows.size() >= MOST_AT_ONCE) {
                leftOut++;
            } else {
                begin(log);
            }
        }
        if (wanted.isEmpty() || heard.size() > CONTAINERS_HEARD) {
            heard.clear();
        }
    }

    private void closeUnwanted(SortedSet<Wanted> wanted) {
        for (var follow : List.copyOf(follows.values())) {
            forbidden = follow.isForbidden() || (forbidden && !follow.isEnded());
            if (follow.isEnded() || !wanted.contains(follow.wanted())) {
                heard.merge(
                        follow.wanted().containerKey(),
                        follow.after(),
                        (before, after) -> before.isAfter(after) ? before : after);
                shed(follow);
                follow.close();
                follows.remove(follow.wanted());
                // A log of a run that is over has been read; one of a run that goes on is reopened.
                if (follow.isEnded() && !follow.wanted().ongoing()) {
                    over.add(follow.wanted());
                }
            }
        }
    }

    private void begin(Wanted log) {
        var after = heard.getOrDefault(log.containerKey(), Instant.EPOCH);
        var follow = new Follow(log, after, sink::accept, clock);
        follows.put(log, follow);
        follow.begin(api);
    }

    private void shed(Follow follow) {
        shedSince += follow.takeShed();
    }

    private void reportShed(Instant now) {
        follows.values().forEach(this::shed);
        if (shedSince > 0) {
            sink.accept(new Signal(now, new SignalsShed("logs", shedSince, "rate_limit")));
            shedSince = 0;
        }
    }
}
