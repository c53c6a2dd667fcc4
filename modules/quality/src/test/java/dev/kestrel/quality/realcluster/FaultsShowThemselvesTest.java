package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Each fault, made to happen for real, shows the signals that its incident will be told by. All
 * that was seen is compared with the file of the fault; see {@link SignalFile}.
 */
@OnRealCluster
final class FaultsShowThemselvesTest {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final RealCluster cluster;

    FaultsShowThemselvesTest(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void containerThatOutgrowsItsLimitIsKilledAndBackedOff() {
        observe(
                Fault.OOM_KILLED,
                seen -> {
                    seen.await(has("last terminated OOMKilled exit 137"), "OOM kill", SOON);
                    seen.await(has("waiting CrashLoopBackOff"), "back-off", SOON);
                    seen.await(has("Warning BackOff from kubelet"), "back-off event", SOON);
                });
    }

    @Test
    void tagThatDoesNotExistCannotBePulled() {
        observe(
                Fault.IMAGE_NOT_FOUND,
                seen -> {
                    seen.await(has("waiting ErrImagePull"), "failed pull", SOON);
                    var failed = seen.await(has("Warning Failed from kubelet"), "event", SOON);
                    assertThat(failed).contains("workload:v11", "not found");
                    seen.await(has("waiting ImagePullBackOff"), "back-off", SOON);
                });
    }

    @Test
    void requestBeyondTheNodeIsNeverScheduled() {
        observe(
                Fault.UNSCHEDULABLE,
                seen -> {
                    seen.await(has("PodScheduled=False Unschedulable"), "condition", SOON);
                    var why = seen.await(has("Warning FailedScheduling"), "event", SOON);
                    assertThat(why).contains("1 Insufficient memory");
                });
    }

    @Test
    void selectorThatMatchesNothingLeavesTheServiceWithoutEndpoints() {
        observe(
                Fault.SELECTOR_MATCHES_NOTHING,
                seen -> {
                    seen.await(has("service backend ready 0 not ready 0"), "no endpoint", SOON);
                    var error = seen.await(has("log frontend ERROR"), "caller's error", SOON);
                    assertThat(error).contains("connection refused");
                    assertThat(seen.after()).noneMatch(line -> line.startsWith("pod backend"));
                });
    }

    /** The caller's log says nothing of DNS: whoever trusts the log alone finds the wrong cause. */
    @Test
    void withoutCoreDnsCallersFailThoughTheirBackendIsHealthy() {
        observe(
                Fault.DNS_DOWN,
                seen -> {
                    seen.await(has("service kube-dns ready 0 not ready 0"), "no endpoint", SOON);
                    var error = seen.await(has("log frontend ERROR"), "caller's error", SOON);
                    assertThat(error).doesNotContainIgnoringCase("dns").doesNotContain("lookup");
                    assertThat(seen.after()).noneMatch(line -> line.contains("service backend"));
                });
    }

    private static Predicate<String> has(String words) {
        return line -> line.contains(words);
    }

    private void observe(Fault fault, Consumer<Recording> proof) {
        fault.createNamespace(cluster);
        try (var client = client();
                var seen = Recording.of(client, namespaces(fault))) {
            fault.prepare(cluster);
            if (fault.hasCaller()) {
                seen.followLog(fault.namespace(), "frontend");
                seen.await(has("log frontend INFO GET http://backend/ 200"), "good call", SOON);
            }
            for (var namespace : namespaces(fault)) {
                var now =
                        cluster.get(
                                namespace, "pods,events,deployments,replicasets,endpointslices");
                seen.catchUp(now.get("items"), SOON);
            }
            seen.changeBegins();
            fault.breakIt(cluster);
            proof.accept(seen);
            compare(fault, seen);
            fault.mendIt(cluster);
            cluster.awaitRollouts(fault.brokenNamespace());
        } finally {
            fault.remove(cluster);
        }
    }

    private static void compare(Fault fault, Recording seen) {
        var file = Fault.FOLDER.resolve("signals/%s.txt".formatted(fault.id()));
        if (Boolean.getBoolean("golden.update")) {
            SignalFile.add(file, seen.before(), seen.after());
        }
        assertThat(seen.missing(SignalFile.read(file), SOON))
                .as("lines of %s that were not seen", file.getFileName())
                .isEmpty();
    }

    private static Set<String> namespaces(Fault fault) {
        return new LinkedHashSet<>(List.of(fault.namespace(), fault.brokenNamespace()));
    }

    private KubernetesClient client() {
        var config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
