package dev.kestrel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.control.Pods;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.ScenarioRun;
import dev.kestrel.simulator.scenario.Scenarios;
import dev.kestrel.simulator.store.Change;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/**
 * What a fault looks like from outside: fields, reasons and messages as Kubernetes 1.36 writes
 * them.
 */
final class SignalsTest {
    private static SimulatedCluster after(String scenario, Duration time) {
        var run =
                ScenarioRun.prepare(
                        Scenarios.named(scenario).orElseThrow(), Timings.KUBERNETES, Lab.START, 3);
        run.advance(time);
        return run.cluster();
    }

    private static List<String> messages(SimulatedCluster cluster, String reason) {
        return cluster.inside(inside -> inside.store().list(ResourceTypes.EVENT)).stream()
                .filter(event -> event.text("reason").equals(reason))
                .map(event -> event.text("message"))
                .toList();
    }

    private static JsonNode status(KubeObject pod) {
        return pod.at("status", "containerStatuses").path(0);
    }

    @Test
    void aContainerOverItsLimitIsKilledAndBacksOff() {
        var cluster = after("memory-limit-lowered", Duration.ofSeconds(60));
        var killed =
                Lab.pods(cluster).stream()
                        .map(SignalsTest::status)
                        .filter(
                                status ->
                                        status.at("/lastState/terminated/exitCode").asInt() == 137)
                        .toList();
        assertThat(killed)
                .isNotEmpty()
                .allSatisfy(
                        status -> {
                            assertThat(status.at("/lastState/terminated/reason").asText())
                                    .isEqualTo("OOMKilled");
                            assertThat(status.at("/restartCount").asInt()).isPositive();
                        });
        assertThat(messages(cluster, "BackOff"))
                .anyMatch(
                        message ->
                                message.matches(
                                        "Back-off restarting failed container checkout in pod"
                                                + " checkout-\\w+-\\w{5}_shop\\([0-9a-f-]{36}\\)"));
    }

    @Test
    void restartsWaitTenSecondsThenTwiceAsLong() {
        var cluster = after("dns-crashing", Duration.ofSeconds(100));
        assertThat(Lab.pods(cluster))
                .filteredOn(pod -> pod.name().startsWith("coredns"))
                .allSatisfy(
                        pod ->
                                assertThat(status(pod).at("/state/waiting/message").asText())
                                        .matches(
                                                "back-off 1m20s restarting failed container=coredns"
                                                        + " pod=coredns-.*_kube-system\\(.*\\)"));
    }

    @Test
    void aMissingImageIsPulledAgainAndAgain() {
        var cluster = after("image-tag-missing", Duration.ofSeconds(20));
        var error =
                "rpc error: code = NotFound desc = failed to pull and unpack image"
                        + " \"docker.io/shop/frontend:3.5.0\": failed to resolve image:"
                        + " docker.io/shop/frontend:3.5.0: not found";
        assertThat(messages(cluster, "Failed"))
                .contains(
                        "Failed to pull image \"shop/frontend:3.5.0\": " + error,
                        "Error: ErrImagePull",
                        "Error: ImagePullBackOff");
        assertThat(messages(cluster, "BackOff"))
                .contains("Back-off pulling image \"shop/frontend:3.5.0\"");
        assertThat(Lab.pods(cluster))
                .anySatisfy(
                        pod ->
                                assertThat(status(pod).at("/state/waiting/message").asText())
                                        .isEqualTo(
                                                "Back-off pulling image \"shop/frontend:3.5.0\":"
                                                        + " ErrImagePull: "
                                                        + error));
    }

    @Test
    void aRegistryThatRefusesOrIsSilentIsToldApartFromAnImageThatIsNotThere() {
        var failed =
                "Failed to pull image \"shop/frontend:3.4.2\": rpc error: code = Unknown desc = ";
        assertThat(messages(after("pull-denied", Duration.ofSeconds(20)), "Failed"))
                .anySatisfy(
                        message ->
                                assertThat(message)
                                        .startsWith(failed)
                                        .contains("pull access denied")
                                        .endsWith("insufficient_scope: authorization failed"));
        assertThat(messages(after("registry-unreachable", Duration.ofSeconds(20)), "Failed"))
                .anySatisfy(
                        message ->
                                assertThat(message)
                                        .startsWith(failed)
                                        .contains("/v2/shop/frontend/manifests/3.4.2")
                                        .endsWith("i/o timeout"));
    }

    @Test
    void aLargeImageIsPulledInItsOwnTime() {
        assertThat(messages(after("large-image-pulled", Duration.ofSeconds(100)), "Pulled"))
                .noneMatch(message -> message.contains("shop/analytics:0.13.0"));
        assertThat(messages(after("large-image-pulled", Duration.ofSeconds(130)), "Pulled"))
                .anyMatch(message -> message.contains("\"shop/analytics:0.13.0\" in 1m55"));
    }

    @Test
    void aProcessThatDoesNotHeedTheSignalIsKilledAfterTheGracePeriod() {
        var killing = "Container checkout failed liveness probe, will be restarted";
        var warned = after("liveness-probe-mistyped", Duration.ofSeconds(45));
        assertThat(messages(warned, "Killing")).contains(killing);
        assertThat(Lab.pods(warned)).noneMatch(SignalsTest::wasKilled);
        var killed = after("liveness-probe-mistyped", Duration.ofSeconds(75));
        assertThat(Lab.pods(killed))
                .filteredOn(SignalsTest::wasKilled)
                .isNotEmpty()
                .allSatisfy(
                        pod ->
                                assertThat(status(pod).at("/lastState/terminated/reason").asText())
                                        .isEqualTo("Error"));
    }

    private static boolean wasKilled(KubeObject pod) {
        return status(pod).at("/lastState/terminated/exitCode").asInt() == 137;
    }

    @Test
    void aPodThatFitsNowhereSaysWhyInTheSchedulersWords() {
        var cluster = after("requests-beyond-any-node", Duration.ofSeconds(10));
        var message =
                "0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient"
                    + " memory. no new claims to deallocate, preemption: 0/4 nodes are available: 4"
                    + " Preemption is not helpful for scheduling.";
        assertThat(messages(cluster, "FailedScheduling")).contains(message);
        assertThat(Lab.pods(cluster))
                .anySatisfy(
                        pod -> {
                            var scheduled = Pods.condition(pod, "PodScheduled");
                            assertThat(scheduled.path("reason").asText())
                                    .isEqualTo("Unschedulable");
                            assertThat(scheduled.path("message").asText()).isEqualTo(message);
                        });
        assertThat(
                        messages(
                                after("replicas-beyond-the-cluster", Duration.ofSeconds(10)),
                                "FailedScheduling"))
                .contains(
                        "0/4 nodes are available: 1 node(s) had untolerated taint(s), 3"
                            + " Insufficient cpu. no new claims to deallocate, preemption: 0/4"
                            + " nodes are available: 1 Preemption is not helpful for scheduling, 3"
                            + " No preemption victims found for incoming pod.");
    }

    @Test
    void aServiceWithoutEndpointsRefusesItsCallers() {
        var cluster = after("service-selector-edited", Duration.ofSeconds(10));
        assertThat(log(cluster, "checkout"))
                .anyMatch(
                        line ->
                                line.matches(
                                        ".* ERROR GET / 502: Get \"http://payments.payments/\":"
                                                + " dial tcp 10\\.96\\.\\d+\\.\\d+:80: connect:"
                                                + " connection refused"));
    }

    @Test
    void withoutDnsCallersOnlySeeTimeouts() {
        var cluster = after("dns-scaled-to-zero", Duration.ofSeconds(30));
        assertThat(log(cluster, "trends"))
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "ERROR Get \"http://catalog.shop/\": context deadline"
                                            + " exceeded (Client.Timeout exceeded while awaiting"
                                            + " headers)"));
        assertThat(log(cluster, "cart"))
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "WARN not ready: dial tcp: lookup session-cache: i/o"
                                                + " timeout"));
    }

    private static List<String> log(SimulatedCluster cluster, String app) {
        return cluster.inside(
                inside ->
                        inside.store().list(ResourceTypes.POD).stream()
                                .filter(pod -> app.equals(pod.labels().get("app")))
                                .flatMap(pod -> inside.kubelets().log(pod, app, false).stream())
                                .flatMap(log -> log.from(0).stream())
                                .map(line -> line.text())
                                .toList());
    }

    @Test
    void aPodThatIsDeletedEndsBeforeItIsGone() {
        var run =
                ScenarioRun.prepare(
                        Scenarios.named("dns-scaled-to-zero").orElseThrow(),
                        Timings.KUBERNETES,
                        Lab.START,
                        3);
        var before = run.cluster().inside(inside -> inside.store().revision());
        run.advance(Duration.ofSeconds(10));
        var last =
                run
                        .cluster()
                        .inside(inside -> inside.store().since(ResourceTypes.POD, before))
                        .stream()
                        .filter(change -> change.object().name().startsWith("coredns"))
                        .map(Change::object)
                        .filter(pod -> pod.text("status", "phase").equals("Succeeded"))
                        .toList();
        assertThat(last)
                .isNotEmpty()
                .allSatisfy(
                        pod -> {
                            assertThat(pod.isDeleting()).isTrue();
                            assertThat(Pods.condition(pod, "Ready").path("reason").asText())
                                    .isEqualTo("PodCompleted");
                            assertThat(status(pod).at("/state/terminated/exitCode").asInt())
                                    .isZero();
                        });
        assertThat(Lab.pods(run.cluster())).noneMatch(pod -> pod.name().startsWith("coredns"));
    }

    @Test
    void aRolloutWithoutProgressMissesItsDeadlineAndTheOldPodsServeOn() {
        var cluster = after("image-tag-missing", Duration.ofSeconds(620));
        var frontend =
                cluster.inside(inside -> inside.store().list(ResourceTypes.DEPLOYMENT)).stream()
                        .filter(deployment -> deployment.name().equals("frontend"))
                        .findFirst()
                        .orElseThrow();
        assertThat(Pods.condition(frontend, "Progressing").path("reason").asText())
                .isEqualTo("ProgressDeadlineExceeded");
        assertThat(Pods.condition(frontend, "Progressing").path("message").asText())
                .matches("ReplicaSet \"frontend-\\w+\" has timed out progressing\\.");
        assertThat(frontend.number("status", "availableReplicas")).isEqualTo(3);
    }
}
