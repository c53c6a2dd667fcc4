package dev.kestrel.cli;

import dev.kestrel.cli.bench.BenchCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code kestrel} program. */
@Command(
        name = "kestrel",
        mixinStandardHelpOptions = true,
        version = "kestrel 0.1.0",
        description = "Real-time incident response for Kubernetes.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ServerCommand.class,
            OperatorCommand.class,
            RulesCommand.class,
            BenchCommand.class,
            VersionCommand.class
        })
public final class Kestrel {
    private Kestrel() {}

    /**
     * Exits with 0 when all is well, 1 when it could not be done, 2 on wrong usage, and what else a
     * command's help says.
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Kestrel())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            command.getErr().println("kestrel: " + reason(failure));
                            return 1;
                        });
    }

    /** The innermost message, because the outer ones only say that something inside failed. */
    static String reason(Throwable failure) {
        var inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.toString() : inner.getMessage();
    }
}
