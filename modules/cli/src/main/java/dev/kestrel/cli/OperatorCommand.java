package dev.kestrel.cli;

import dev.kestrel.operator.Operator;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** {@code kestrel operator}. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        description = {
            "The process inside a cluster. Configured by variables:",
            "KESTREL_CLOUD_HOST, KESTREL_CLOUD_ENROLMENT_PORT, KESTREL_CLOUD_STREAM_PORT,"
                    + " KESTREL_CLOUD_CA_FILE, KESTREL_JOIN_TOKEN or KESTREL_JOIN_TOKEN_FILE,"
                    + " KESTREL_CLUSTER_NAME, KESTREL_IDENTITY_DIR, KESTREL_WRITE,"
                    + " KESTREL_WRITE_NAMESPACES, KESTREL_WRITE_KINDS, KUBECONFIG."
        })
final class OperatorCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        Operator.main(new String[0]);
        Thread.currentThread().join();
        return 0;
    }
}
