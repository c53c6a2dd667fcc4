package dev.kestrel.operator.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

final class TakeoverTest {
    @ParameterizedTest
    @CsvSource({
        "kubectl,kubectl,true",
        "kubectl-client-side-apply,kubectl-client-side-apply,true",
        "kubectl,kubectl-edit,false",
        "kestrel,kestrel,true",
        "argocd-controller,argocd-controller,false",
        "kustomize-controller,kustomize-controller,false",
        "flux-client-side-apply,flux-client-side-apply,false",
        "helm,helm,false",
        "kubectl-argo-rollouts-controller2,kubectl-argo-rollouts-controller2,false"
    })
    void onlyPeopleWhoWereNamedInThePlanLoseFields(String owner, String takeOver, boolean allowed) {
        assertThat(Takeover.isAllowed(List.of(owner), manifest(List.of(takeOver))))
                .isEqualTo(allowed);
    }

    @Test
    void oneControllerAmongThemIsEnoughToRefuse() {
        var owners = List.of("kubectl", "argocd-controller");
        assertThat(Takeover.isAllowed(owners, manifest(owners))).isFalse();
    }

    @Test
    void managersAreReadFromTheCauses() {
        var causes =
                List.of(
                        cause("FieldManagerConflict", "conflict with \"kubectl\" using apps/v1"),
                        cause(
                                "FieldManagerConflict",
                                "conflict with \"hpa\" with subresource \"scale\" using apps/v1"),
                        cause("FieldManagerConflict", "conflict with \"kubectl\" using apps/v1"),
                        cause("FieldValueInvalid", "conflict with \"nobody\""));
        assertThat(Takeover.managers(causes)).containsExactly("hpa", "kubectl");
        assertThat(Takeover.managers(List.of(cause("FieldManagerConflict", "?"))))
                .containsExactly("unknown");
    }

    private static Fields cause(String reason, String message) {
        return Fields.of(Map.of("reason", reason, "message", message, "field", ".spec.replicas"));
    }

    private static Manifest manifest(List<String> takeOver) {
        return new Manifest(
                new ResourceRef("Deployment", "shop", "cart"),
                "apps/v1",
                Fields.of(Map.of()),
                "",
                "u1",
                Map.of(),
                takeOver);
    }
}
