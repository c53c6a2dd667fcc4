package dev.kestrel.operator.investigation;

import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.operator.investigation.Grammar.Verdict;
import dev.kestrel.operator.kube.KubeApi;

import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a question and gives its answer, within its time and the size limit. */
public final class Investigator {
    /** Characters of an answer; at most 512 KiB on the wire, for text of few special characters. */
    static final int OUTPUT_CHARS = 500 << 10;

    private final KubeTools kubernetes;
    private final NetworkTools network;

    public Investigator(Vertx vertx, KubeApi api, InstantSource clock) {
        this.kubernetes = new KubeTools(api);
        this.network = new NetworkTools(vertx, clock);
    }

    /** What came of the question. Never fails: what goes wrong is an answer of its own. */
    public CompletableFuture<Finished> ask(Question question, Duration timeout) {
        return switch (Grammar.check(question)) {
            case Verdict.Refused refused ->
                    CompletableFuture.completedFuture(
                            new Finished(new Answer.Refused(refused.why()), false));
            case Verdict.Allowed allowed ->
                    use(allowed, timeout)
                            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .thenApply(answer -> new Finished(limited(answer), false))
                            .exceptionally(failure -> failed(failure, timeout));
        };
    }

    private CompletableFuture<Answer> use(Verdict.Allowed allowed, Duration timeout) {
        var tool = allowed.tool();
        if (tool.equals(Tools.GET)) {
            return kubernetes.get(allowed, timeout);
        }
        if (tool.equals(Tools.LIST)) {
            return kubernetes.list(allowed, timeout);
        }
        if (tool.equals(Tools.EVENTS)) {
            return kubernetes.events(allowed, timeout);
        }
        if (tool.equals(Tools.LOGS)) {
            return kubernetes.logs(allowed, timeout);
        }
        return tool.equals(Tools.LOOKUP)
                ? network.lookup(allowed, timeout)
                : network.connect(allowed, timeout);
    }

    private static Answer limited(Answer answer) {
        return switch (answer) {
            case Answer.Given given when given.output().length() > OUTPUT_CHARS ->
                    new Answer.Given(given.output().substring(0, OUTPUT_CHARS), true);
            case Answer.Given given -> given;
            case Answer.Refused refused -> refused;
            case Answer.Unknown unknown -> unknown;
        };
    }

    private static Finished failed(Throwable failure, Duration timeout) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof TimeoutException
                ? new Finished(
                        new Answer.Unknown("no answer within " + timeout.toMillis() + " ms"), true)
                : new Finished(
                        new Answer.Unknown(
                                "it failed: "
                                        + cause.getClass().getSimpleName()
                                        + " "
                                        + cause.getMessage()),
                        false);
    }

    /**
     * An answer, and whether it is unknown only because time was up.
     *
     * @param timedOut only with {@link Answer.Unknown}
     */
    public record Finished(Answer answer, boolean timedOut) {}
}
