package dev.kestrel.cli;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code kestrel up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "The cloud and the dashboard on this machine, with the operator watching a real"
                        + " cluster; read-only without --write.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--kubeconfig",
            required = true,
            paramLabel = "FILE",
            description = "Of the cluster to watch; its current context is used.")
    private Path kubeconfig;

    @Option(
            names = "--write",
            description = "Apply fixes that a person approved. Without it nothing is ever changed.")
    private boolean write;

    @Option(
            names = "--namespaces",
            split = ",",
            paramLabel = "NS",
            description = "With --write: where (default: ${DEFAULT-VALUE}).",
            defaultValue = "default")
    private List<String> namespaces;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description = "With --write: what (default: ${DEFAULT-VALUE}).",
            defaultValue = "Deployment,StatefulSet,DaemonSet,Service")
    private List<String> kinds;

    @Option(
            names = "--name",
            defaultValue = "cluster",
            description = "What the cluster is called (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the dashboard (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int port;

    @Option(
            names = "--data",
            defaultValue = ".kestrel/up",
            description = "Folder of the database; kept (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--hubble-relay",
            defaultValue = "",
            description =
                    "Where Hubble Relay answers, as host:port without TLS (default: its Service,"
                            + " which only a cluster's own machines reach).")
    private String hubble;

    @Override
    public Integer call() throws Exception {
        var screen = new Screen();
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException("cannot read the kubeconfig " + kubeconfig);
        }
        screen.say("starting PostgreSQL and the cloud …");
        var local = Waiting.on(LocalCloud.start(data, port, 1));
        var rights =
                write
                        ? new OperatorConfig.Write(true, namespaces, kinds)
                        : OperatorConfig.Write.OFF;
        var cluster = new ClusterRef(LocalCloud.TENANT, name);
        var operator =
                Waiting.on(
                        local.startOperator(
                                cluster,
                                Files.readString(kubeconfig),
                                data.resolve("operator"),
                                rights,
                                new RelaySettings(hubble, "", "", "")));
        Waiting.atExit(
                () -> {
                    Waiting.on(operator.stop());
                    local.stop();
                });
        screen.address(local);
        screen.say(
                write
                        ? "write mode: approved fixes are applied to "
                                + String.join(", ", kinds)
                                + " in "
                                + String.join(", ", namespaces)
                        : "read-only: nothing in the cluster is ever changed");
        Thread.currentThread().join();
        return 0;
    }
}
