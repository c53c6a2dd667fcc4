package dev.kestrel.cli.bench;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.knowledge.lint.ExampleRun;

import io.vertx.core.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code kestrel bench rca}: how long the root cause takes, on the examples of the knowledge and on
 * a larger one with many callers of a dead cluster DNS.
 */
@Command(
        name = "rca",
        mixinStandardHelpOptions = true,
        description = {
            "What one root cause inference costs, on every example of the bundled knowledge (among"
                    + " them OOM by the own limit and a selector that matches nothing) and on a"
                    + " dead cluster DNS with many callers.",
            "One thread; each case is warmed up for half as long as it is measured. Times are CPU"
                    + " time of the calling thread for one inference, garbage collection not"
                    + " counted: p50, p99 and max over all inferences of the case."
        },
        footer = {
            "",
            "Example: ./kestrel bench rca --callers 50 -o json",
            "JSON: {rca: {CASE: {count, p50_us, p99_us, max_us}}}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:could not run", "2:wrong usage"})
final class RcaBench implements Callable<Integer> {
    private static final int LEAST_CALLS = 100;
    private static final int MOST_CALLS = 200_000;
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_CALLERS = 500;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            paramLabel = "N",
            description =
                    "Seconds measured in all, without the warm-up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--callers",
            defaultValue = "20",
            paramLabel = "N",
            description = "Workloads that call the dead DNS. Default: ${DEFAULT-VALUE}.")
    private int callers;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How results are printed. Default: ${DEFAULT-VALUE}.")
    private Output output;

    @Override
    public Integer call() {
        within("--seconds", seconds, MOST_SECONDS);
        within("--callers", callers, MOST_CALLERS);
        var knowledge = KnowledgeReader.bundled();
        var model = knowledge.sound();
        var cases = RcaCases.of(knowledge, callers);
        var share = Duration.ofSeconds(seconds).dividedBy(cases.size());
        var results = new LinkedHashMap<String, Percentiles>();
        cases.forEach(
                (name, one) -> {
                    spec.commandLine().getErr().println("measuring " + name);
                    spec.commandLine().getErr().flush();
                    measure(one, model, share.dividedBy(2));
                    results.put(name, measure(one, model, share));
                });
        print(results);
        return 0;
    }

    private static Percentiles measure(ExampleRun.Prepared one, CausalModel model, Duration share) {
        var threads = ManagementFactory.getThreadMXBean();
        var times = new long[MOST_CALLS];
        var calls = 0;
        var until = System.nanoTime() + share.toNanos();
        while (calls < MOST_CALLS && (calls < LEAST_CALLS || System.nanoTime() < until)) {
            var begun = threads.getCurrentThreadCpuTime();
            if (one.infer(model).diagnosis().hypotheses().isEmpty()) {
                throw new IllegalStateException("nothing came out");
            }
            times[calls++] = threads.getCurrentThreadCpuTime() - begun;
        }
        return Percentiles.of(Arrays.copyOf(times, calls));
    }

    private void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s must be between 1 and %d, not %d".formatted(option, most, value));
        }
    }

    private void print(Map<String, Percentiles> results) {
        var out = spec.commandLine().getOut();
        switch (output) {
            case JSON -> {
                var json = new JsonObject();
                results.forEach((name, result) -> json.put(name, result.json()));
                out.println(new JsonObject().put("rca", json).encodePrettily());
            }
            case TEXT -> {
                out.printf("%-60s %10s %10s %10s %9s%n", "", "p50", "p99", "max", "count");
                results.forEach((name, result) -> out.printf("%-60s %s%n", name, result));
                out.println("CPU time of one inference in microseconds");
            }
        }
        out.flush();
    }
}
