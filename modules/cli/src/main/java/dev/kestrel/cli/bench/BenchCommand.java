package dev.kestrel.cli.bench;

import dev.kestrel.cli.chaos.ChaosBench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code kestrel bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure what Kestrel costs on this machine.",
        subcommands = {GatewayBench.class, RcaBench.class, ChaosBench.class})
public final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }
}
