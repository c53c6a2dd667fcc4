package dev.kestrel.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.simulator.Lab;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** The fabric8 client against the simulated API, unchanged. */
final class ClientTest {
    static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: workload:v1
                    env: [{name: PORT, value: "8080"}]
                    ports: [{containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 2}
            """;

    @Test
    void anInformerSeesADeploymentBecomeRunningPods() {
        try (var lab = new Lab();
                var client = lab.client("reader-token");
                var informer = client.pods().inAnyNamespace().inform()) {
            Lab.apply(lab.cluster, WEB);
            lab.cluster.advance(Duration.ofSeconds(15));
            Lab.until(
                    "three ready pods",
                    () ->
                            informer.getStore().list().stream().filter(ClientTest::isReady).count()
                                    == 3);
            var web = client.apps().deployments().inNamespace("shop").withName("web").get();
            assertThat(web.getStatus().getAvailableReplicas()).isEqualTo(3);
            assertThat(web.getMetadata().getAnnotations())
                    .containsEntry("deployment.kubernetes.io/revision", "1");
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    @Test
    void listsComeInPagesThatAllShowTheSameMoment() {
        try (var lab = new Lab();
                var client = lab.client("admin-token")) {
            for (int i = 0; i < 7; i++) {
                client.configMaps().inNamespace("shop").resource(map("m" + i)).create();
            }
            var maps = client.configMaps().inNamespace("shop");
            var first = maps.list(new ListOptionsBuilder().withLimit(3L).build());
            assertThat(first.getItems()).hasSize(3);
            assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(4);
            client.configMaps().inNamespace("shop").resource(map("m9")).create();
            var next = first.getMetadata().getContinue();
            var rest = maps.list(new ListOptionsBuilder().withContinue(next).build());
            assertThat(rest.getItems())
                    .extracting(m -> m.getMetadata().getName())
                    .containsExactly("m3", "m4", "m5", "m6");
            lab.cluster.inside(
                    inside -> {
                        inside.store().compact();
                        return true;
                    });
            assertThatThrownBy(() -> maps.list(new ListOptionsBuilder().withContinue(next).build()))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo(410));
        }
    }

    private static io.fabric8.kubernetes.api.model.ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("k", "v")
                .build();
    }

    @Test
    void aReaderReadsAndMayDoNothingElse() {
        try (var lab = new Lab();
                var client = lab.client("reader-token")) {
            assertThat(client.namespaces().list().getItems()).hasSize(3);
            assertThatThrownBy(
                            () ->
                                    client.configMaps()
                                            .inNamespace("shop")
                                            .resource(map("x"))
                                            .create())
                    .hasMessageContaining(
                            "User \"system:serviceaccount:monitoring:reader\" cannot create"
                                    + " resource \"configmaps\" in API group \"\" in the namespace"
                                    + " \"shop\"");
            assertThatThrownBy(() -> client.secrets().inNamespace("shop").list())
                    .hasMessageContaining("forbidden");
            var review =
                    new SelfSubjectAccessReviewBuilder()
                            .withNewSpec()
                            .withNewResourceAttributes()
                            .withVerb("delete")
                            .withResource("pods")
                            .endResourceAttributes()
                            .endSpec()
                            .build();
            var answer = client.authorization().v1().selfSubjectAccessReview().create(review);
            assertThat(answer.getStatus().getAllowed()).isFalse();
            assertThat(lab.api.audit()).extracting(AuditEntry::verb).contains("list", "create");
            try (var stranger = lab.client("nobody")) {
                assertThatThrownBy(() -> stranger.namespaces().list())
                        .isInstanceOfSatisfying(
                                KubernetesClientException.class,
                                refused -> assertThat(refused.getCode()).isEqualTo(401));
            }
        }
    }

    @Test
    void anInformerSurvivesCompactionAndRestart() {
        try (var lab = new Lab();
                var client = lab.client("reader-token");
                var informer = client.configMaps().inAnyNamespace().inform()) {
            Lab.until("synced", informer::hasSynced);
            for (var round : List.of("a", "b")) {
                lab.api.dropStreams();
                if (round.equals("b")) {
                    lab.restart(Duration.ofMillis(100));
                }
                Lab.apply(
                        lab.cluster,
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: shop}}"
                                .formatted(round));
                lab.cluster.inside(
                        inside -> {
                            inside.store().compact();
                            return true;
                        });
                Lab.until(
                        "sees " + round,
                        () ->
                                informer.getStore().list().stream()
                                        .anyMatch(
                                                map -> map.getMetadata().getName().equals(round)));
            }
        }
    }
}
