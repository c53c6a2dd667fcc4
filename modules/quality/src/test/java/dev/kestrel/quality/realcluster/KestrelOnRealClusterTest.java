package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    private static final Duration DIAGNOSED = Duration.ofSeconds(150);
    private static final Duration ANSWERED = Duration.ofSeconds(30);
    private static final Duration VERIFIED = Duration.ofMinutes(4);

    private final RealCluster cluster;
    private RunningKestrel kestrel;

    KestrelOnRealClusterTest(RealCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void start() {
        for (var fault : Fault.values()) {
            fault.createNamespace(cluster);
        }
        for (var fault : Fault.values()) {
            fault.prepare(cluster);
        }
        var namespaces =
                Stream.concat(
                        Arrays.stream(Fault.values()).map(Fault::namespace),
                        Stream.of("kube-system"));
        kestrel = RunningKestrel.writingIn(cluster, namespaces.toList());
    }

    @AfterAll
    void stop() {
        kestrel.close();
        for (var fault : Fault.values()) {
            fault.startRemoving(cluster);
        }
        for (var fault : Fault.values()) {
            fault.awaitRemoved(cluster);
        }
    }

    /** They happen at the same time and share the node: each must be told from the others. */
    @Test
    void fourFaultsAtOnceAreFourIncidentsAndEachIsMended() throws Exception {
        var before = kestrel.titles().size();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var story : List.of(OUT_OF_MEMORY, NO_IMAGE, NO_ROOM, NO_PODS)) {
                running.add(threads.submit(() -> isMended(story)));
            }
            for (var each : running) {
                each.get();
            }
        }
        assertThat(kestrel.titles()).hasSize(before + 4);
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
