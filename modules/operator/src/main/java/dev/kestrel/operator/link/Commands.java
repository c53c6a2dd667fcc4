package dev.kestrel.operator.link;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;

import java.time.Duration;
import java.util.function.BiConsumer;

/** Whoever does what the cloud asks. */
public interface Commands {
    /**
     * Begins to do a command; never blocks.
     *
     * @param answer called at most once, on any thread
     */
    void execute(Command command, BiConsumer<Command, Ended> answer);

    /**
     * How a command ended.
     *
     * @param timedOut an answer is unknown only because time was up
     */
    record Ended(Outcome outcome, boolean timedOut, Duration took) {}
}
