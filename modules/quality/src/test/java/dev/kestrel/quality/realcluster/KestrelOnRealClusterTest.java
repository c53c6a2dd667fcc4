package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole way on a real cluster: a fault made for real, its incident, the right cause, a dry run
 * that passes, approval, apply, and the symptom gone as the kubelet sees it.
 */
@OnRealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KestrelOnRealClusterTest {

    /** What Kestrel must say of a fault, and what kubectl must print when it is mended. */
    private record Story(Fault fault, String mechanism, String at, String fix) {}

    private static final Story OUT_OF_MEMORY =
            new Story(
                    Fault.OOM_KILLED,
                    "memory.limit_exceeded",
                    "Deployment/oom-killed/checkout",
                    "fix.raise_memory_limit");
    private static final Story NO_IMAGE =
            new Story(
                    Fault.IMAGE_NOT_FOUND,
                    "image.not_found",
                    "Deployment/image-not-found/catalog",
                    "fix.roll_back_image");
    private static final Story NO_ROOM =
            new Story(
                    Fault.UNSCHEDULABLE,
                    "scheduling.insufficient_resources",
                    "Deployment/unschedulable/search",
                    "fix.fit_requests");
    private static final Story NO_PODS =
            new Story(
                    Fault.SELECTOR_MATCHES_NOTHING,
                    "service.selector_matches_nothing",
                    "Service/selector-matches-nothing/backend",
                    "fix.align_selector");
    private static final Story NO_NAMES =
            new Story(
                    Fault.DNS_DOWN,
                    "dns.coredns_down",
                    "Deployment/kube-system/coredns",
                    "fix.restore_replicas");

    private static final Story CALLER_KEPT_OUT =
            new Story(
                    Fault.POLICY_KEEPS_CALLER_OUT,
                    "network.policy_denies_caller",
                    "NetworkPolicy/policy-keeps-caller-out/backend",
                    "fix.allow_flow");
    private static final Story NAMES_FORGOTTEN =
            new Story(
                    Fault.POLICY_FORGETS_NAMES,
                    "dns.policy_blocks",
                    "NetworkPolicy/policy-forgets-names/frontend",
                    "fix.allow_flow");
    private static final Story NEVER_READY =
            new Story(
                    Fault.READINESS_PROBE_WRONG,
                    "readiness.misconfigured",
                    "Deployment/readiness-probe-wrong/payments",
                    "fix.correct_readiness_probe");
    private static final Story NO_KEY =
            new Story(
                    Fault.CONFIG_KEY_MISSING,
                    "configuration.key_missing",
                    "Deployment/config-key-missing/billing",
                    "fix.correct_reference");
    private static final Story NO_NODE =
            new Story(
                    Fault.NODE_SELECTOR_UNMET,
                    "scheduling.selector_unmet",
                    "Deployment/node-selector-unmet/search",
                    "fix.correct_node_selector");
    private static final List<Story> AT_ONCE =
            List.of(
                    OUT_OF_MEMORY,
                    NO_IMAGE,
                    NO_ROOM,
                    NO_PODS,
                    CALLER_KEPT_OUT,
                    NAMES_FORGOTTEN,
                    NEVER_READY,
                    NO_KEY,
                    NO_NODE);
    private static final List<Fault> FAULTS =
            Stream.concat(AT_ONCE.stream(), Stream.of(NO_NAMES)).map(Story::fault).toList();

    private static final Duration DIAGNOSED = Duration.ofSeconds(150);
    private static final Duration ANSWERED = Duration.ofSeconds(30);
    private static final Duration VERIFIED = Duration.ofMinutes(4);

    private final RealCluster cluster;
    private RunningKestrel kestrel;

    KestrelOnRealClusterTest(RealCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void start() throws Exception {
        atOnce(
                FAULTS,
                fault -> {
                    fault.createNamespace(cluster);
                    fault.prepare(cluster);
                });
        var namespaces =
                Stream.concat(FAULTS.stream().map(Fault::namespace), Stream.of("kube-system"));
        kestrel = RunningKestrel.writingIn(cluster, namespaces.toList());
    }

    @AfterAll
    void stop() {
        kestrel.close();
        FAULTS.forEach(fault -> fault.startRemoving(cluster));
        FAULTS.forEach(fault -> fault.awaitRemoved(cluster));
    }

    /**
     * They happen at the same time and share the node: each must be told from the others, such as
     * the caller that a policy keeps out from the one whose Service selects nothing.
     */
    @Test
    void faultsThatHappenAtOnceAreAnIncidentEachAndEachIsMended() throws Exception {
        var before = kestrel.titles().size();
        atOnce(AT_ONCE, this::isMended);
        assertThat(kestrel.titles()).hasSize(before + AT_ONCE.size());
    }

    private static <T> void atOnce(List<T> all, Consumer<T> step) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            all.forEach(each -> running.add(threads.submit(() -> step.accept(each))));
            for (var each : running) {
                each.get();
            }
        }
    }

    /** What its callers suffer is its effect, and no incident of their own. */
    @Test
    void clusterWithoutNamesIsOneIncidentAndMendedAlsoWhenItComesBack() {
        var before = kestrel.titles().size();
        isMended(NO_NAMES);
        isMended(NO_NAMES);
        assertThat(kestrel.titles()).hasSize(before + 1);
    }

    private void isMended(Story story) {
        story.fault().breakIt(cluster);
        var incident = kestrel.awaitRootCause(story.mechanism(), story.at(), DIAGNOSED);
        var proposed = kestrel.awaitRemediation(incident, "PROPOSED", ANSWERED);
        assertThat(proposed.getJsonObject("plan").getString("template")).isEqualTo(story.fix());
        kestrel.approve(incident, proposed);
        kestrel.awaitRemediation(incident, "VERIFIED", VERIFIED);
        kestrel.awaitIncident(
                incident, "resolved incident", VERIFIED, KestrelOnRealClusterTest::isResolved);
        KubeletView.of(cluster, story.fault()).awaitHealthy();
    }

    private static boolean isResolved(JsonObject incident) {
        return incident.getString("status").equals("RESOLVED");
    }
}
