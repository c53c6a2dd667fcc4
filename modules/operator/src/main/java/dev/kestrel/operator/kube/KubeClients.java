package dev.kestrel.operator.kube;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.util.concurrent.Executors;

/** Makes the client of the Kubernetes API. */
public final class KubeClients {
    private KubeClients() {}

    /**
     * A client for the cluster of a kubeconfig, or for the cluster that this process runs in.
     *
     * @param kubeconfig its text; empty means in-cluster configuration
     */
    public static KubernetesClient connect(String kubeconfig) {
        var config =
                kubeconfig.isEmpty()
                        ? Config.autoConfigure(null)
                        : Config.fromKubeconfig(kubeconfig);
        // Watches are retried by the informers themselves; a request by hand is tried a few times.
        var polite =
                new ConfigBuilder(config)
                        .withUserAgent("kestrel-operator")
                        .withRequestRetryBackoffLimit(3)
                        .withConnectionTimeout(10_000)
                        .withRequestTimeout(30_000)
                        .withWatchReconnectInterval(500)
                        .build();
        return new KubernetesClientBuilder()
                .withConfig(polite)
                .withKubernetesSerialization(trees())
                .withTaskExecutorSupplier(Executors::newVirtualThreadPerTaskExecutor)
                .build();
    }

    /** Every kind is read as a plain tree, so the classes of all known kinds stay out of memory. */
    private static KubernetesSerialization trees() {
        var serialization = new KubernetesSerialization(new ObjectMapper(), false);
        // All but this one: it is how a watch says that its position is gone.
        serialization.registerKubernetesResource(Status.class);
        return serialization;
    }
}
