package dev.kestrel.domain.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RevertTemplateTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    private static final ResourceRef AGENT =
            new ResourceRef("DaemonSet", "kube-system", "net-agent");

    private final Topology topology = new Topology();
    private int minutes;

    @Test
    void aDaemonSetIsTakenBackLikeAnyOther() {
        see("v1", "helm");
        see("v2", "kubectl-edit");
        assertThat(plan().orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.containers[app].image", "\"v2\"", "\"v1\""));
    }

    @Test
    void aFixIsNotOfferedToBeTakenBackWhileTheLastSymptomsGo() {
        see("v1", "helm");
        see("v2", "kubectl-edit");
        see("v1", "kestrel");
        assertThat(plan()).isEmpty();
    }

    private Optional<Plan> plan() {
        var cause = new Cause("network.cni_agent_failing", AGENT);
        var declared = new FixDeclaration("fix.revert_template", "", 2, "", List.of(), "here");
        return Fixes.plan(declared, cause, Map.of(), topology);
    }

    private void see(String image, String by) {
        var at = T0.plusSeconds(60L * minutes++);
        var container = Map.of("name", "app", "image", image);
        var template = Map.of("spec", Map.of("containers", List.of(container)));
        topology.apply(
                new KubeObject(
                        AGENT,
                        "uid",
                        "1",
                        "apps/v1",
                        Fields.of(Map.of("spec", Map.of("template", template))),
                        List.of(new KubeObject.FieldManager(by, "Update", at, ""))),
                at);
    }
}
