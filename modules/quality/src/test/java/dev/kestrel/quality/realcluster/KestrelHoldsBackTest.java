package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What Kestrel does not do on a real cluster, or takes back. */
@OnRealCluster
final class KestrelHoldsBackTest {

    private static final Duration DIAGNOSED = Duration.ofSeconds(90);
    private static final Duration ANSWERED = Duration.ofSeconds(30);
    private static final Duration UNDONE = Duration.ofMinutes(4);

    private final RealCluster cluster;

    KestrelHoldsBackTest(RealCluster cluster) {
        this.cluster = cluster;
    }

    /** The audit log is the API server's own word: no promise of ours is needed. */
    @Test
    void readOnlyOperatorOnlyReads() {
        var fault = Fault.UNSCHEDULABLE;
        prepare(fault);
        var mark = cluster.auditLog().size();
        try (var kestrel = RunningKestrel.readOnly(cluster)) {
            fault.breakIt(cluster);
            var incident =
                    kestrel.awaitRootCause(
                            "scheduling.insufficient_resources",
                            "Deployment/unschedulable/search",
                            DIAGNOSED);
            var blocked = kestrel.awaitRemediation(incident, "BLOCKED", ANSWERED);
            assertThat(lastWord(blocked)).contains("read-only");
            assertThat(kestrel.access()).isEqualTo("read-only, proven by access reviews");
        } finally {
            fault.remove(cluster);
        }
        var requests =
                cluster.auditLog().stream().skip(mark).filter(RequestLog::isByOperator).toList();
        assertThat(requests).isNotEmpty();
        assertThat(requests.stream().filter(request -> !RequestLog.isHarmless(request)))
                .as("requests that are not get, list, watch or a review of itself")
                .extracting(RequestLog::words)
                .isEmpty();
    }

    @Test
    void fieldOfAnotherControllerIsNotTouched() {
        var fault = Fault.IMAGE_NOT_FOUND;
        fault.createNamespace(cluster);
        applyAsArgo(fault, "workload:v1");
        cluster.awaitRollouts(fault.namespace());
        var mark = cluster.auditLog().size();
        try (var kestrel = RunningKestrel.writingIn(cluster, List.of(fault.namespace()))) {
            assertThat(kestrel.access()).doesNotContain("read-only");
            applyAsArgo(fault, "workload:v11");
            var incident =
                    kestrel.awaitRootCause(
                            "image.not_found", "Deployment/image-not-found/catalog", DIAGNOSED);
            var blocked = kestrel.awaitRemediation(incident, "BLOCKED", ANSWERED);
            assertThat(lastWord(blocked)).contains("argocd-controller");
            assertThat(image(fault)).isEqualTo("workload:v11");
        } finally {
            fault.remove(cluster);
        }
        assertThat(cluster.auditLog().stream().skip(mark))
                .filteredOn(RequestLog::isByOperator)
                .filteredOn(request -> request.path("verb").asText().equals("patch"))
                .extracting(RequestLog::words)
                .isNotEmpty()
                .allMatch(request -> request.contains("dryRun=All"));
    }

    /** The selector is right again, but what it selects goes away at the same moment. */
    @Test
    void fixAfterWhichThingsGetWorseIsTakenBack() {
        var fault = Fault.SELECTOR_MATCHES_NOTHING;
        prepare(fault);
        try (var kestrel = RunningKestrel.writingIn(cluster, List.of(fault.namespace()))) {
            fault.breakIt(cluster);
            var incident =
                    kestrel.awaitRootCause(
                            "service.selector_matches_nothing",
                            "Service/selector-matches-nothing/backend",
                            DIAGNOSED);
            var proposed = kestrel.awaitRemediation(incident, "PROPOSED", ANSWERED);
            kestrel.approve(incident, proposed);
            kestrel.awaitRemediation(incident, "VERIFYING", ANSWERED);
            assertThat(selector(fault)).isEqualTo("backend");
            cluster.patch(fault.namespace(), "deployment/backend", "{\"spec\": {\"replicas\": 0}}");
            kestrel.awaitRemediation(incident, "UNDONE", UNDONE);
            assertThat(selector(fault)).isEqualTo("backend-v2");
        } finally {
            fault.remove(cluster);
        }
    }

    private void prepare(Fault fault) {
        fault.createNamespace(cluster);
        fault.prepare(cluster);
    }

    private void applyAsArgo(Fault fault, String image) {
        for (var object : fault.workload()) {
            cluster.kubectlWith(
                            object.replace("workload:v1", image),
                            "apply",
                            "--server-side",
                            "--field-manager=argocd-controller",
                            "--namespace",
                            fault.namespace(),
                            "-f",
                            "-")
                    .output();
        }
    }

    private String image(Fault fault) {
        return cluster.get(fault.namespace(), "deployment/catalog")
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    private String selector(Fault fault) {
        return cluster.get(fault.namespace(), "service/backend").at("/spec/selector/app").asText();
    }

    private static String lastWord(JsonObject remediation) {
        var history = remediation.getJsonArray("history");
        return history.getJsonObject(history.size() - 1).getString("text");
    }
}
