package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.command.Command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Commands whose outcome is not known yet. Each is sent again until then, because a stream may
 * break between a command and its outcome; the operator answers a repeated id with the first
 * outcome.
 */
final class Outstanding {
    /** Twice the longest an operator needs for an ordinary command. */
    private static final Duration SEND_AGAIN = Duration.ofSeconds(10);

    /** An approval lives no longer; nobody waits longer for anything else. */
    private static final Duration GIVE_UP = Duration.ofMinutes(10);

    private final TreeMap<String, Sent> sent = new TreeMap<>();

    /** A command, the incident it is for, and when it is sent next and last. */
    record Sent(Command command, String incident, Instant next, Instant until) {}

    void send(Command command, String incident, Instant now) {
        sent.put(command.id(), new Sent(command, incident, now, now.plus(GIVE_UP)));
    }

    /** Ends a command; empty when it is unknown or was ended before. */
    Optional<Sent> end(String id) {
        return Optional.ofNullable(sent.remove(id));
    }

    /** The operator is there again: everything goes out at once. */
    void sendAllAgain(Instant now) {
        sent.replaceAll((_, one) -> new Sent(one.command(), one.incident(), now, one.until()));
    }

    /** Commands that are due, marked as sent; those that nobody answered in time are dropped. */
    List<Command> due(Instant now) {
        sent.values().removeIf(one -> one.until().isBefore(now));
        var due = new ArrayList<Command>();
        sent.replaceAll(
                (_, one) -> {
                    if (one.next().isAfter(now)) {
                        return one;
                    }
                    due.add(one.command());
                    return new Sent(
                            one.command(), one.incident(), now.plus(SEND_AGAIN), one.until());
                });
        return due;
    }

    Instant nextDue() {
        return sent.values().stream().map(Sent::next).min(Instant::compareTo).orElse(Instant.MAX);
    }

    List<Sent> snapshot() {
        return List.copyOf(sent.values());
    }

    void restore(List<Sent> snapshot) {
        snapshot.forEach(one -> sent.put(one.command().id(), one));
    }
}
