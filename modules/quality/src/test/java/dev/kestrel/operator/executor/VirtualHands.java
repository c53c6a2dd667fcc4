package dev.kestrel.operator.executor;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.operator.link.Commands;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does commands as a simulation says, and remembers which ones it did the way the operator itself
 * does.
 */
public final class VirtualHands implements Commands {
    private static final int REMEMBERED = 500;
    private static final long REMEMBERED_CHARS = 4 << 20;

    private final Answered answered = new Answered(REMEMBERED, REMEMBERED_CHARS);
    private final Consumer<Runnable> later;
    private final Function<Command, Outcome> deed;

    /**
     * @param later does something a while from now, unless the operator is gone by then
     * @param deed carries a command out
     */
    public VirtualHands(Consumer<Runnable> later, Function<Command, Outcome> deed) {
        this.later = later;
        this.deed = deed;
    }

    @Override
    public void execute(Command command, BiConsumer<Command, Ended> answer) {
        if (command instanceof Command.CancelInvestigation) {
            return;
        }
        switch (answered.arrived(command)) {
            case Answered.Arrival.Again again -> answer.accept(command, again.ended());
            case Answered.Arrival.UnderWay _ -> {
                // Its answer goes out once, when it is there.
            }
            case Answered.Arrival.New _ -> later.accept(() -> finish(command, answer));
        }
    }

    private void finish(Command command, BiConsumer<Command, Ended> answer) {
        var ended = new Ended(deed.apply(command), false, Duration.ZERO);
        answered.finish(command.id(), ended);
        answer.accept(command, ended);
    }
}
