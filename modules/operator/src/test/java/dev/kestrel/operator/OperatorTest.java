package dev.kestrel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.operator.kube.JsonFields;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.SnapshotBegun;
import dev.kestrel.protocol.wire.v1.SnapshotCompleted;
import dev.kestrel.simulator.api.AuditEntry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.TreeSet;

final class OperatorTest {
    static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: workload:v1
                    env: [{name: PORT, value: "8080"}, {name: DB_PASSWORD, value: hunter2}]
                    ports: [{containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 2}
            """;
    private static final String SETTINGS =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data: {endpoint: "http://backend", token: "s3cret-value"}
            """;

    @Test
    void everyKindIsToldAsOneSnapshotWithItsCount() {
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            rig.readOnly();
            Eventually.until(
                    () ->
                            rig.signals().filter(Signal::hasSnapshotCompleted).count()
                                            >= rig.signals()
                                                    .filter(Signal::hasSnapshotBegun)
                                                    .count()
                                    && rig.seen("Pod", "web-").count() == 2);

            Eventually.until(
                    () -> rig.signals().filter(Signal::hasSnapshotCompleted).count() >= 20);
            var begun = new TreeSet<String>();
            rig.signals()
                    .filter(Signal::hasSnapshotBegun)
                    .map(Signal::getSnapshotBegun)
                    .map(SnapshotBegun::getKind)
                    .forEach(begun::add);
            assertThat(begun).contains("Pod", "Deployment", "Node", "ConfigMap", "Namespace");
            assertThat(
                            rig.signals()
                                    .filter(Signal::hasSnapshotCompleted)
                                    .map(Signal::getSnapshotCompleted)
                                    .filter(done -> done.getKind().equals("Pod"))
                                    .map(SnapshotCompleted::getCount))
                    .containsExactly(2L);
        }
    }

    @Test
    void noSecretLeavesTheClusterInAnObject() {
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(WEB);
            rig.cluster.apply(SETTINGS);
            rig.cluster.advance(Duration.ofSeconds(10));
            rig.readOnly();
            Eventually.until(
                    () ->
                            rig.seen("ConfigMap", "settings").count() == 1
                                    && rig.seen("Deployment", "web").count() == 1
                                    && rig.seen("Pod", "web-").count() == 2);

            var settings = rig.seen("ConfigMap", "settings").findFirst().orElseThrow();
            assertThat(JsonFields.read(settings.getJson().toByteArray()).at("data").texts())
                    .containsOnlyKeys("endpoint", "token")
                    .allSatisfy((key, value) -> assertThat(value).startsWith("sha256:"));
            assertThat(rig.signals().map(Signal::toString))
                    .noneMatch(text -> text.contains("hunter2") || text.contains("s3cret-value"))
                    .noneMatch(text -> text.contains("managedFields"));
            var web = rig.seen("Deployment", "web").findFirst().orElseThrow();
            assertThat(web.getManagersList())
                    .anyMatch(manager -> manager.getManager().equals("kubectl-create"));
        }
    }

    @Test
    void changesAndDeletionsAreTold() {
        try (var rig = new OperatorRig()) {
            rig.readOnly();
            Eventually.until(
                    () -> rig.signals().filter(Signal::hasSnapshotCompleted).count() >= 20);
            rig.cluster.apply(WEB);
            rig.cluster.advance(Duration.ofSeconds(10));

            Eventually.until(
                    () ->
                            rig.seen("Deployment", "web")
                                    .anyMatch(
                                            seen ->
                                                    JsonFields.read(seen.getJson().toByteArray())
                                                                    .at("status", "readyReplicas")
                                                                    .number(0)
                                                            == 2));
            rig.cluster.delete("Deployment", "shop", "web");
            rig.cluster.advance(Duration.ofSeconds(5));
            Eventually.until(
                    () ->
                            rig.signals()
                                    .filter(Signal::hasObjectGone)
                                    .map(gone -> gone.getObjectGone().getRef())
                                    .anyMatch(
                                            ref ->
                                                    ref.getKind().equals("Deployment")
                                                            && ref.getName().equals("web")));
            assertThat(
                            rig.signals()
                                    .filter(Signal::hasEventReported)
                                    .map(event -> event.getEventReported().getReason()))
                    .contains("ScalingReplicaSet", "Scheduled");
        }
    }

    @Test
    void aReadOnlyOperatorOnlyReadsAndAsksWhatItMayDo() {
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            rig.readOnly();
            Eventually.until(
                    () ->
                            rig.signals()
                                    .filter(Signal::hasSourceReported)
                                    .map(Signal::getSourceReported)
                                    .anyMatch(
                                            access ->
                                                    access.getSource().equals("access")
                                                            && access.getState()
                                                                    .name()
                                                                    .equals("SOURCE_STATE_LIVE")));

            assertThat(rig.cluster.audit())
                    .isNotEmpty()
                    .allMatch(
                            entry ->
                                    entry.verb().equals("get")
                                            || entry.verb().equals("list")
                                            || entry.verb().equals("watch")
                                            || entry.resource().equals("selfsubjectaccessreviews"))
                    .extracting(AuditEntry::resource)
                    .doesNotContain("secrets");
            assertThat(
                            rig.signals()
                                    .filter(Signal::hasSourceReported)
                                    .map(report -> report.getSourceReported().getDetail()))
                    .contains("read-only, proven by access reviews");
        }
    }

    @Test
    void afterTheHistoryIsGoneEverythingIsListedAndToldAgain() {
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(WEB);
            rig.cluster.advance(Duration.ofSeconds(10));
            rig.readOnly();
            Eventually.until(
                    () ->
                            rig.signals().filter(Signal::hasSnapshotCompleted).count()
                                    >= Kinds.INVENTORY.size());
            rig.cluster.restart(
                    () -> {
                        rig.cluster.apply(SETTINGS.replace("settings", "later"));
                        rig.cluster.advance(Duration.ofSeconds(5));
                        rig.cluster.compact();
                    });

            Eventually.until(() -> rig.seen("ConfigMap", "later").count() >= 1);
            Eventually.until(() -> snapshots(rig, "ConfigMap") == 2);
            Eventually.until(
                    () ->
                            rig.operator().status().stream()
                                    .filter(status -> status.source().startsWith("watch/"))
                                    .allMatch(status -> status.state() == SourceState.LIVE));
        }
    }

    private static long snapshots(OperatorRig rig, String kind) {
        return rig.signals()
                .filter(Signal::hasSnapshotCompleted)
                .filter(done -> done.getSnapshotCompleted().getKind().equals(kind))
                .count();
    }
}
