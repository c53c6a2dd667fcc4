package dev.kestrel.cli;

import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.knowledge.lint.Lint;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code kestrel rules}. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "The knowledge.",
        subcommands = RulesCommand.LintCommand.class)
final class RulesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }

    /** {@code kestrel rules lint}. */
    @Command(
            name = "lint",
            mixinStandardHelpOptions = true,
            description =
                    "Check packs: schema, unknown ids, cycles, weights, reachability, examples,"
                            + " separability. All complaints at once.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:sound", "1:there are errors"})
    static final class LintCommand implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Parameters(
                arity = "0..1",
                paramLabel = "FOLDER",
                description = "Of the packs; those that came with this version when left out.")
        private @Nullable Path folder;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "text|json",
                defaultValue = "text",
                description = "Default: ${DEFAULT-VALUE}.")
        private String output;

        @Override
        public Integer call() {
            var report =
                    Lint.of(
                            folder == null
                                    ? KnowledgeReader.bundled()
                                    : KnowledgeReader.read(folder));
            var out = spec.commandLine().getOut();
            out.println(output.equals("json") ? report.json() : report.text());
            out.flush();
            return report.isClean() ? 0 : 1;
        }
    }
}
