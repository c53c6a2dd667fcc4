package dev.kestrel.domain.topology;

import static dev.kestrel.domain.scenario.Given.object;
import static dev.kestrel.domain.scenario.Given.pod;
import static dev.kestrel.domain.scenario.Given.written;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Change.FieldChange;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class TopologyTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final ResourceRef CHECKOUT = ResourceRef.parse("Deployment/shop/checkout");

    private final Topology topology = new Topology();

    private void see(KubeObject... objects) {
        for (var object : objects) {
            topology.apply(object, T0);
        }
    }

    @Test
    void aPodBelongsToItsDeploymentBeforeItsReplicaSetIsSeen() {
        see(pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"));

        assertThat(topology.logical(ResourceRef.parse("Pod/shop/checkout-5d4f-1")))
                .isEqualTo(CHECKOUT);
        assertThat(topology.instances(CHECKOUT)).hasSize(1);
    }

    @Test
    void aReplicaSetThatTurnsOutToStandAloneTakesItsPodsWithIt() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                object("ReplicaSet/shop/checkout-5d4f", "spec.replicas = 1"));

        assertThat(topology.instances(CHECKOUT)).isEmpty();
        assertThat(topology.instances(ResourceRef.parse("ReplicaSet/shop/checkout-5d4f")))
                .hasSize(1);
    }

    @Test
    void aStaticPodIsItsOwnWorkloadAndNotItsNodes() {
        see(
                object(
                        "Pod/kube-system/etcd-node-1",
                        "metadata.ownerReferences = [{kind: Node, name: node-1, controller:"
                                + " true}]"));

        var etcd = ResourceRef.parse("Pod/kube-system/etcd-node-1");
        assertThat(topology.logical(etcd)).isEqualTo(etcd);
    }

    @Test
    void aJobOfACronJobFoldsIntoItAndALoneOneDoesNot() {
        see(
                object(
                        "Job/shop/report-1",
                        "metadata.ownerReferences = [{kind: CronJob, name: report, controller:"
                                + " true}]"),
                object("Job/shop/import", "spec.parallelism = 1"));

        assertThat(topology.logical(ResourceRef.parse("Job/shop/report-1")))
                .isEqualTo(ResourceRef.parse("CronJob/shop/report"));
        assertThat(topology.logical(ResourceRef.parse("Job/shop/import")).kind()).isEqualTo("Job");
    }

    @Test
    void aChangeNamesTheFieldsItsAuthorAndTheTimeOfTheWrite() {
        topology.apply(
                written(
                        CHECKOUT.toString(),
                        "helm",
                        T0,
                        "spec.replicas = 2",
                        "spec.template.spec.containers[app].image = workload:v1",
                        "status.readyReplicas = 2"),
                T0);
        var changes =
                topology.apply(
                        written(
                                CHECKOUT.toString(),
                                "kubectl-edit",
                                T0.plusSeconds(30),
                                "spec.replicas = 2",
                                "spec.template.spec.containers[app].image = workload:v2",
                                "status.readyReplicas = 1"),
                        T0.plusSeconds(31));

        assertThat(changes)
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.by()).isEqualTo("kubectl-edit");
                            assertThat(change.at()).isEqualTo(T0.plusSeconds(30));
                            assertThat(change.fields())
                                    .extracting(FieldChange::path)
                                    .containsExactly("spec.template.spec.containers[app].image");
                        });
        assertThat(topology.changes(CHECKOUT)).hasSize(2);
    }

    @Test
    void aStatusAndAnAnnotationOfAControllerAreNoChange() {
        see(object(CHECKOUT.toString(), "spec.replicas = 2"));

        assertThat(
                        topology.apply(
                                object(
                                        CHECKOUT.toString(),
                                        "spec.replicas = 2",
                                        "metadata.annotations[deployment.kubernetes.io/revision] ="
                                                + " \"4\"",
                                        "metadata.generation = 7",
                                        "status.readyReplicas = 1"),
                                T0.plusSeconds(9)))
                .isEmpty();
    }

    @Test
    void whatAControllerMakesIsNobodysChange() {
        var made =
                topology.apply(
                        pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"), T0);

        assertThat(made).isEmpty();
    }

    @Test
    void theLastRolloutBeforeWeCameIsToldByTheReplicaSets() {
        var set =
                "metadata.ownerReferences = [{kind: Deployment, name: checkout, controller: true}]";
        see(
                object(
                        CHECKOUT.toString(),
                        "metadata.creationTimestamp = \"2031-02-01T10:00:00Z\""),
                object(
                        "ReplicaSet/shop/checkout-1",
                        set,
                        "metadata.creationTimestamp = \"2031-02-01T10:00:00Z\"",
                        "metadata.annotations[deployment.kubernetes.io/revision] = \"1\"",
                        "spec.template.spec.containers[app].image = workload:v1"));
        var told =
                topology.apply(
                        object(
                                "ReplicaSet/shop/checkout-2",
                                set,
                                "metadata.creationTimestamp = \"2031-03-01T09:50:00Z\"",
                                "metadata.annotations[deployment.kubernetes.io/revision] = \"2\"",
                                "spec.template.spec.containers[app].image = workload:v2"),
                        T0);

        assertThat(told)
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.of()).isEqualTo(CHECKOUT);
                            assertThat(change.at()).isEqualTo(T0.minusSeconds(600));
                            assertThat(change.fields())
                                    .extracting(FieldChange::path)
                                    .containsExactly("spec.template.spec.containers[app].image");
                        });
        assertThat(topology.revisions(CHECKOUT))
                .extracting(revision -> revision.ref().name())
                .containsExactly("checkout-2", "checkout-1");
    }

    @Test
    void aBusyResourceChangesOftenAndAnUnknownOneHardlyEver() {
        see(object(CHECKOUT.toString(), "spec.replicas = 0"));
        for (var edit = 1; edit <= 40; edit++) {
            topology.apply(
                    object(CHECKOUT.toString(), "spec.replicas = " + edit),
                    T0.plusSeconds(900L * edit));
        }

        assertThat(topology.changesPerHour(CHECKOUT, T0.plusSeconds(36_000))).isEqualTo(40.5 / 370);
        assertThat(topology.changesPerHour(ResourceRef.parse("Service/shop/x"), T0))
                .isEqualTo(1.0 / 720);
    }

    @Test
    void aSnapshotTakesOutWhatItDoesNotName() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                pod("Pod/shop/checkout-5d4f-2", "checkout-5d4f", "5d4f", "checkout"),
                object("Node/node-1", "status.phase = x"));
        topology.beginSnapshot("Pod");
        assertThat(topology.isLoading()).isTrue();
        see(pod("Pod/shop/checkout-5d4f-2", "checkout-5d4f", "5d4f", "checkout"));
        topology.completeSnapshot("Pod", T0);

        assertThat(topology.isLoading()).isFalse();
        assertThat(topology.all("Pod")).hasSize(1);
        assertThat(topology.all("Node")).hasSize(1);
        assertThat(topology.gone())
                .containsExactly(
                        new Topology.Gone(ResourceRef.parse("Pod/shop/checkout-5d4f-1"), CHECKOUT));
    }

    @Test
    void theDeletionOfAnEarlierObjectLeavesItsSuccessor() {
        see(object("Node/node-1", "status.phase = x"));

        topology.remove(ResourceRef.parse("Node/node-1"), "an earlier uid", T0);

        assertThat(topology.find(ResourceRef.parse("Node/node-1"))).isPresent();
    }

    @Test
    void finishedAndLeavingPodsAreNoInstances() {
        see(
                pod("Pod/shop/checkout-5d4f-1", "checkout-5d4f", "5d4f", "checkout"),
                object(
                        "Pod/shop/checkout-5d4f-2",
                        "metadata.labels.pod-template-hash = 5d4f",
                        "metadata.ownerReferences = [{kind: ReplicaSet, name: checkout-5d4f,"
                                + " controller: true}]",
                        "metadata.deletionTimestamp = x"),
                object(
                        "Pod/shop/checkout-5d4f-3",
                        "metadata.labels.pod-template-hash = 5d4f",
                        "metadata.ownerReferences = [{kind: ReplicaSet, name: checkout-5d4f,"
                                + " controller: true}]",
                        "status.phase = Failed"));

        assertThat(topology.instances(CHECKOUT)).hasSize(1);
        assertThat(topology.instanceCount(CHECKOUT)).isEqualTo(1);
    }
}
