package dev.kestrel.operator.executor;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.operator.action.Applying;
import dev.kestrel.operator.investigation.Investigator;
import dev.kestrel.operator.link.Commands;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Does commands: each id once, few at a time. What is over the limit is refused at once and may be
 * asked again under another id, rather than queued until nobody wants it.
 */
public final class Executor implements Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final int MOST_AT_ONCE = 8;
    private static final int REMEMBERED = 500;
    private static final long REMEMBERED_CHARS = 4 << 20;

    private final Investigator investigator;
    private final Applying applying;
    private final InstantSource clock;
    private final Answered answered = new Answered(REMEMBERED, REMEMBERED_CHARS);
    private final Semaphore questions = new Semaphore(MOST_AT_ONCE);
    private final Semaphore actions = new Semaphore(1);
    private final Map<String, Thread> cancellable = new ConcurrentHashMap<>();

    public Executor(Investigator investigator, Applying applying, InstantSource clock) {
        this.investigator = investigator;
        this.applying = applying;
        this.clock = clock;
    }

    /**
     * Begins to do a command.
     *
     * @param answer called once with the command and how it ended, on any thread; not at all where
     *     the command is under way already or cancels another
     */
    @Override
    public void execute(Command command, BiConsumer<Command, Ended> answer) {
        if (command instanceof Command.CancelInvestigation cancel) {
            cancel(cancel.id());
            return;
        }
        switch (answered.arrived(command)) {
            case Answered.Arrival.Again again -> answer.accept(command, again.ended());
            case Answered.Arrival.UnderWay underWay -> {
                // Its answer goes out once, when it is there.
            }
            case Answered.Arrival.New fresh ->
                    Thread.ofVirtual()
                            .name("command-" + command.id())
                            .start(() -> finish(command, answer));
        }
    }

    private void cancel(String id) {
        var thread = cancellable.get(id);
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void finish(Command command, BiConsumer<Command, Ended> answer) {
        var began = clock.instant();
        Ended finished;
        try {
            finished = carryOut(command, began);
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("command", command.id())
                    .log("a command failed in a way nobody thought of");
            finished = new Ended(failed(command), false, since(began));
        }
        answered.finish(command.id(), finished);
        answer.accept(command, finished);
    }

    private Outcome failed(Command command) {
        return command instanceof Command.Investigate
                ? new Outcome.Answered(new Answer.Unknown("the tool failed"), clock.instant())
                : new Outcome.Refused(Reason.MALFORMED, "the command failed", List.of());
    }

    private Ended carryOut(Command command, Instant began) {
        return switch (command) {
            case Command.Investigate ask -> investigate(ask, began);
            case Command.DryRun dryRun ->
                    new Ended(one(() -> applying.dryRun(dryRun)), false, since(began));
            case Command.Apply apply ->
                    new Ended(one(() -> applying.apply(apply)), false, since(began));
            case Command.Undo undo ->
                    new Ended(one(() -> applying.undo(undo)), false, since(began));
            case Command.CancelInvestigation cancel ->
                    throw new IllegalStateException("has no outcome: " + cancel.id());
        };
    }

    /** Changes are made one after another: two at once could not both be dry-run before. */
    private Outcome one(java.util.function.Supplier<Outcome> action) {
        actions.acquireUninterruptibly();
        try {
            return action.get();
        } finally {
            actions.release();
        }
    }

    private Ended investigate(Command.Investigate ask, Instant began) {
        if (!questions.tryAcquire()) {
            return new Ended(
                    answer(new Answer.Unknown("too many questions at once; ask again later")),
                    false,
                    since(began));
        }
        cancellable.put(ask.id(), Thread.currentThread());
        try {
            var finished = investigator.ask(ask.question(), ask.timeout()).get();
            return new Ended(answer(finished.answer()), finished.timedOut(), since(began));
        } catch (InterruptedException e) {
            return new Ended(answer(new Answer.Unknown("cancelled")), false, since(began));
        } catch (java.util.concurrent.ExecutionException e) {
            return new Ended(answer(new Answer.Unknown("the tool failed")), false, since(began));
        } finally {
            cancellable.remove(ask.id());
            questions.release();
        }
    }

    private Outcome answer(Answer answer) {
        return new Outcome.Answered(answer, clock.instant());
    }

    private Duration since(Instant began) {
        return Duration.between(began, clock.instant());
    }
}
