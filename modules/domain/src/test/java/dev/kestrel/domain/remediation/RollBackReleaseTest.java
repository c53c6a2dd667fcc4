package dev.kestrel.domain.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RollBackReleaseTest {
    private static final Instant RELEASED = Instant.parse("2030-01-01T12:00:00Z");
    private static final ResourceRef CATALOG = new ResourceRef("Deployment", "shop", "catalog");

    private final Topology topology = new Topology();

    @Test
    void aReleaseThatIsKilledAtTheOldLimitIsRolledBack() {
        seeDeployment("catalog:5.0", "128Mi", RELEASED.minusSeconds(3600));
        seeDeployment("catalog:5.1", "128Mi", RELEASED);
        seePodKilledForMemory(RELEASED.plusSeconds(20));
        assertThat(plan().orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.containers[app].image",
                                "\"catalog:5.1\"",
                                "\"catalog:5.0\""));
    }

    @Test
    void aReleaseWithALowerLimitIsNotPlainlyToBlame() {
        seeDeployment("catalog:5.0", "128Mi", RELEASED.minusSeconds(3600));
        seeDeployment("catalog:5.1", "64Mi", RELEASED);
        seePodKilledForMemory(RELEASED.plusSeconds(20));
        assertThat(plan()).isEmpty();
    }

    @Test
    void aLimitThatWasRaisedInVainDoesNotHideTheRelease() {
        seeDeployment("catalog:5.0", "128Mi", RELEASED.minusSeconds(3600));
        seeDeployment("catalog:5.1", "128Mi", RELEASED);
        seeDeployment("catalog:5.1", "256Mi", RELEASED.plusSeconds(60));
        seePodKilledForMemory(RELEASED.plusSeconds(120));
        assertThat(plan()).isPresent();
    }

    @Test
    void aReleaseThatRanWellForSixHoursIsNotPlainlyToBlame() {
        seeDeployment("catalog:5.0", "128Mi", RELEASED.minusSeconds(3600));
        seeDeployment("catalog:5.1", "128Mi", RELEASED);
        seePodKilledForMemory(RELEASED.plus(Duration.ofHours(6)).minusSeconds(1));
        assertThat(plan()).isPresent();
        seePodKilledForMemory(RELEASED.plus(Duration.ofHours(6)));
        assertThat(plan()).isEmpty();
    }

    @Test
    void withoutARecordedReleaseThereIsNothingToGoBackTo() {
        seeDeployment("catalog:5.1", "128Mi", RELEASED);
        seePodKilledForMemory(RELEASED.plusSeconds(20));
        assertThat(plan()).isEmpty();
    }

    private Optional<Plan> plan() {
        var cause = new Cause("memory.limit_exceeded", CATALOG);
        var declared = new FixDeclaration("fix.roll_back_release", "", 1, "", List.of(), "here");
        return Fixes.plan(declared, cause, Map.of(), topology);
    }

    private void seeDeployment(String image, String limit, Instant at) {
        var container =
                Map.of(
                        "name",
                        "app",
                        "image",
                        image,
                        "resources",
                        Map.of("limits", Map.of("memory", limit)));
        var spec = Map.of("template", Map.of("spec", Map.of("containers", List.of(container))));
        see(CATALOG, Map.of("spec", spec), at);
    }

    private void seePodKilledForMemory(Instant at) {
        var owner =
                Map.of(
                        "kind",
                        "Deployment",
                        "name",
                        "catalog",
                        "uid",
                        "uid-" + CATALOG,
                        "controller",
                        true);
        var ended = Map.of("reason", "OOMKilled", "exitCode", 137, "finishedAt", at.toString());
        var status = Map.of("name", "app", "lastState", Map.of("terminated", ended));
        see(
                new ResourceRef("Pod", "shop", "catalog-1"),
                Map.of(
                        "metadata",
                        Map.of("ownerReferences", List.of(owner)),
                        "status",
                        Map.of("containerStatuses", List.of(status))),
                at);
    }

    private void see(ResourceRef ref, Map<String, Object> fields, Instant at) {
        var by = List.of(new KubeObject.FieldManager("helm", "Update", at, ""));
        topology.apply(new KubeObject(ref, "uid-" + ref, "1", "v1", Fields.of(fields), by), at);
    }
}
