package dev.kestrel.operator.executor;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.operator.link.Commands.Ended;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what was answered to which command, so that one that arrives again is not done again.
 * Bounded in number and in size; the oldest are forgotten first.
 */
final class Answered {
    private final int mostCommands;
    private final long mostChars;
    private final Map<String, Ended> finished = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private long chars;

    Answered(int mostCommands, long mostChars) {
        this.mostCommands = mostCommands;
        this.mostChars = mostChars;
    }

    /** What is to be done about a command that arrived. */
    synchronized Arrival arrived(Command command) {
        var before = Optional.ofNullable(finished.get(command.id()));
        if (before.isPresent()) {
            return new Arrival.Again(before.get());
        }
        return underWay.add(command.id()) ? new Arrival.New() : new Arrival.UnderWay();
    }

    synchronized void finish(String id, Ended outcome) {
        underWay.remove(id);
        finished.put(id, outcome);
        chars += size(outcome);
        Iterator<Ended> oldest = finished.values().iterator();
        while ((finished.size() > mostCommands || chars > mostChars) && finished.size() > 1) {
            chars -= size(oldest.next());
            oldest.remove();
        }
    }

    synchronized int size() {
        return finished.size();
    }

    private static long size(Ended finished) {
        return switch (finished.outcome()) {
            case Outcome.Answered answered ->
                    answered.answer() instanceof Answer.Given given ? given.output().length() : 100;
            case Outcome.WouldApply would -> 20_000;
            case Outcome.Applied applied -> 100;
            case Outcome.Refused refused -> 100 + refused.detail().length();
        };
    }

    /** What a command that arrived is. */
    sealed interface Arrival {
        /** Seen for the first time. */
        record New() implements Arrival {}

        /** Being done; it will be answered once. */
        record UnderWay() implements Arrival {}

        /** Done before, with this outcome. */
        record Again(Ended ended) implements Arrival {}
    }
}
