package dev.kestrel.operator.source.log;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides which logs of a pod are worth reading now. */
final class Trouble {
    /** How long after a restart a container is still listened to. */
    private static final Duration AFTER_RESTART = Duration.ofMinutes(10);

    private Trouble() {}

    /** The logs of the pod's containers that fail, restarted lately or are not ready. */
    static SortedSet<Wanted> of(ResourceRef pod, Fields fields, Instant now) {
        var wanted = new TreeSet<Wanted>();
        var uid = fields.at("metadata", "uid").text();
        for (var list : List.of("initContainerStatuses", "containerStatuses")) {
            for (var status : fields.at("status", list).items()) {
                add(wanted, pod, uid, list.startsWith("init"), status, now);
            }
        }
        return wanted;
    }

    private static void add(
            SortedSet<Wanted> wanted,
            ResourceRef pod,
            String uid,
            boolean init,
            Fields status,
            Instant now) {
        var name = status.at("name").text();
        var run = status.at("restartCount").number(0);
        var last = status.at("lastState", "terminated");
        if (last.isPresent() && isRecent(last, now)) {
            wanted.add(new Wanted(pod, uid, name, run, true, false));
        }
        if (status.at("state", "terminated").isPresent()) {
            if (status.at("state", "terminated", "exitCode").number(0) != 0
                    && isRecent(status.at("state", "terminated"), now)) {
                wanted.add(new Wanted(pod, uid, name, run, false, false));
            }
        } else if (status.at("state", "running").isPresent()) {
            // An init container is never ready while it runs, and a slow one is worth hearing.
            var settled = init || status.at("ready").truth(false);
            if (!settled || isRecent(last, now)) {
                wanted.add(new Wanted(pod, uid, name, run, false, true));
            }
        }
    }

    private static boolean isRecent(Fields terminated, Instant now) {
        var at = terminated.at("finishedAt").text();
        try {
            return !at.isEmpty() && now.isBefore(Instant.parse(at).plus(AFTER_RESTART));
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
