package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /**
     * What the caller's log says depends on the network: it is refused by Cilium and names DNS, and
     * it waits behind kube-proxy and does not. Whoever trusts the log alone finds a wrong cause.
     */
    @Test
    void withoutCoreDnsCallersFailThoughTheirBackendIsHealthy() {
        observe(
                Fault.DNS_DOWN,
                seen -> {
                    seen.await(has("service kube-dns ready 0 not ready 0"), "no endpoint", SOON);
                    seen.await(has("log frontend ERROR Get \"http://backend/\""), "error", SOON);
                    assertThat(seen.after()).noneMatch(line -> line.contains("service backend"));
                });
    }

    /** The flow names no policy: which one it is has to be found out from the objects. */
    @Test
    void callerThatAPolicyForgetsIsDroppedAtTheDoorOfWhatItCalls() {
        observe(
                Fault.POLICY_KEEPS_CALLER_OUT,
                seen -> {
                    seen.await(has("TCP 8080 denied on INGRESS"), "denied flow", SOON);
                    var error = seen.await(has("log frontend ERROR"), "caller's error", SOON);
                    assertThat(error).doesNotContainIgnoringCase("policy");
                    assertThat(seen.after()).noneMatch(line -> line.startsWith("pod "));
                });
    }

    @Test
    void callerThatMayNotAskForNamesIsDroppedAtItsOwnDoor() {
        observe(
                Fault.POLICY_FORGETS_NAMES,
                seen -> {
                    seen.await(has("UDP 53 denied on EGRESS"), "denied question", SOON);
                    var error = seen.await(has("log frontend ERROR"), "caller's error", SOON);
                    assertThat(error).doesNotContainIgnoringCase("policy");
                    assertThat(seen.after()).noneMatch(line -> line.contains("TCP 8080"));
                });
    }

    @Test
    void readinessProbeOnAPortWhereNobodyListensLeavesTheServiceWithoutEndpoints() {
        observe(
                Fault.READINESS_PROBE_WRONG,
                seen -> {
                    // The old pod's own probe may fail, too, while it ends.
                    var why = seen.await(has(":9090/readyz"), "event", SOON);
                    assertThat(why).contains("Warning Unhealthy from kubelet", "refused");
                    seen.await(has("service payments ready 0 not ready 1"), "no endpoint", SOON);
                    assertThat(seen.after()).noneMatch(has("last terminated"));
                });
    }

    @Test
    void livenessProbeOnAPortWhereNobodyListensHasTheContainerKilledAndBackedOff() {
        observe(
                Fault.LIVENESS_PROBE_WRONG,
                seen -> {
                    var why = seen.await(has("Liveness probe failed"), "event", SOON);
                    assertThat(why).contains("Warning Unhealthy from kubelet", "refused");
                    seen.await(has("Normal Killing from kubelet"), "kill", SOON);
                    seen.await(has("waiting CrashLoopBackOff"), "back-off", SOON);
                });
    }

    @Test
    void keyThatTheConfigMapLacksIsNamedByTheKubelet() {
        observe(
                Fault.CONFIG_KEY_MISSING,
                seen -> {
                    seen.await(has("waiting CreateContainerConfigError"), "refusal", SOON);
                    var why = seen.await(has("Warning Failed from kubelet"), "event", SOON);
                    assertThat(why).contains("couldn't find key tarif");
                });
    }

    @Test
    void configMapThatIsNotThereIsNamedByTheKubelet() {
        observe(
                Fault.CONFIG_MAP_MISSING,
                seen -> {
                    seen.await(has("waiting CreateContainerConfigError"), "refusal", SOON);
                    var why = seen.await(has("Warning Failed from kubelet"), "event", SOON);
                    assertThat(why).contains("configmap \"setings\" not found");
                });
    }

    /** The scheduler says the same of both, so the objects have to tell them apart. */
    @ParameterizedTest
    @EnumSource(names = {"NODE_SELECTOR_UNMET", "NODE_AFFINITY_UNMET"})
    void podThatAsksForANodeThatIsNotThereIsNeverScheduled(Fault fault) {
        refused(fault, "1 node(s) didn't match Pod's node affinity/selector");
    }

    @Test
    void podThatDoesNotTolerateTheOnlyNodesTaintIsNeverScheduled() {
        refused(Fault.NODE_TAINTED, "1 node(s) had untolerated taint(s)");
    }

    @Test
    void podWhoseOnlyNodeIsCordonedIsNeverScheduled() {
        refused(Fault.NODE_CORDONED, "1 node(s) were unschedulable");
    }

    private void refused(Fault fault, String reason) {
        observe(
                fault,
                seen -> {
                    seen.await(has("PodScheduled=False Unschedulable"), "condition", SOON);
                    var why = seen.await(has("Warning FailedScheduling"), "event", SOON);
                    assertThat(why).contains(reason);
                    if (fault.isOfNode()) {
                        seen.await(has("container search terminated"), "old pod's end", SOON);
                    }
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
            if (fault.dropsPackets()) {
                seen.followFlows(cluster, fault.namespace());
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
