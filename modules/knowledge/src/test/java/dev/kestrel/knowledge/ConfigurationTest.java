package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analysis.Verdict;
import dev.kestrel.domain.rca.analysis.Analyzers;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.signal.ResourceRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What pods need of ConfigMaps, and what they may ask for instead. Of values, digests are known.
 */
class ConfigurationTest {
    private static final ResourceRef SEARCH = ResourceRef.parse("Deployment/shop/search");
    private static final String VARIABLE =
            "containers: [{name: app, env: [{name: TARIFF, valueFrom: {configMapKeyRef: {name: %s,"
                    + " key: %s}}}]}]";

    private final Shop shop = new Shop();

    private void settings(int second, String data) {
        shop.change(
                second, "ConfigMap/shop/settings", "{apiVersion: v1, data: {%s}}".formatted(data));
    }

    private void search(int second, String spec) {
        shop.change(
                second,
                SEARCH.toString(),
                "{apiVersion: apps/v1, spec: {template: {spec: {%s}}}}".formatted(spec));
    }

    private Analysis examine(String analyzer) {
        return Analyzers.find(analyzer)
                .orElseThrow()
                .examine(SEARCH, shop.topology(), List.of(), Shop.at(10));
    }

    private Optional<Plan> plan() {
        return Fixes.plan(
                Objects.requireNonNull(Shop.MODEL.fixes().get("fix.correct_reference")),
                new Cause("configuration.key_missing", SEARCH),
                Map.of(),
                shop.topology());
    }

    private static Plan.FieldDiff asks(String before, String after) {
        var json = "{\"key\":\"%s\",\"name\":\"settings\"}";
        return new Plan.FieldDiff(
                "spec.template.spec.containers[app].env[TARIFF].valueFrom.configMapKeyRef",
                json.formatted(before),
                json.formatted(after));
    }

    @Test
    void theKeyFromBeforeIsAskedForAgain() {
        settings(0, "tariff: d1, tarifa: d2");
        search(1, VARIABLE.formatted("settings", "tariff"));
        search(2, VARIABLE.formatted("settings", "tarif"));

        assertThat(examine("config_map_lacks_key").summary())
                .isEqualTo(
                        "The variable TARIFF of container app needs key tarif, which ConfigMap"
                                + " shop/settings does not have");
        assertThat(plan().orElseThrow().diff()).containsExactly(asks("tarif", "tariff"));
    }

    @Test
    void aRenamedKeyIsKnownByItsValue() {
        settings(0, "tariff: d1, tariff2: d2");
        search(1, VARIABLE.formatted("settings", "tariff"));
        settings(2, "tariff: null, price-list: d1");

        assertThat(examine("config_map_lacks_key").summary())
                .endsWith("removed by kubectl-edit, and its value is under price-list now");
        assertThat(plan().orElseThrow().diff()).containsExactly(asks("tariff", "price-list"));
    }

    @Test
    void withoutHistoryTheNearestKeyIsAskedFor() {
        settings(0, "tariff: d1, currency: d2");
        search(1, VARIABLE.formatted("settings", "tarrif"));

        assertThat(plan().orElseThrow().diff()).containsExactly(asks("tarrif", "tariff"));
    }

    @Test
    void aDeletedValueCannotBePutBack() {
        settings(0, "tariff: d1, currency: d2");
        search(1, VARIABLE.formatted("settings", "tariff"));
        settings(2, "tariff: null");

        assertThat(examine("config_map_lacks_key").verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(plan()).isEmpty();
    }

    @Test
    void aConfigMapThatIsNotThereIsAnotherMatter() {
        settings(0, "tariff: d1");
        search(1, VARIABLE.formatted("setings", "tariff"));

        assertThat(examine("config_map_lacks_key").verdict()).isEqualTo(Verdict.ABSENT);
        assertThat(examine("config_map_not_there").verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(plan().orElseThrow().diff())
                .extracting(Plan.FieldDiff::after)
                .containsExactly("{\"key\":\"tariff\",\"name\":\"settings\"}");
    }

    @Test
    void ofAVolumeTheListOfItsFilesIsCorrected() {
        settings(0, "a.yaml: d1, b.yaml: d2");
        search(
                1,
                "volumes: [{name: conf, configMap: {name: settings, items: [{key: a.yaml, path: a},"
                        + " {key: c.yaml, path: b}]}}]");

        assertThat(plan().orElseThrow().diff())
                .containsExactly(
                        new Plan.FieldDiff(
                                "spec.template.spec.volumes[conf].configMap.items",
                                "[{\"key\":\"a.yaml\",\"path\":\"a\"},{\"key\":\"c.yaml\",\"path\":\"b\"}]",
                                "[{\"key\":\"a.yaml\",\"path\":\"a\"},{\"key\":\"a.yaml\",\"path\":\"b\"}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: [{name: app, env: [{name: T, valueFrom: {configMapKeyRef: {name:"
                        + " settings, key: x, optional: true}}}]}]",
                "containers: [{name: app, env: [{name: T, valueFrom: {secretKeyRef: {name:"
                        + " settings, key: x}}}]}]",
                "containers: [{name: app, envFrom: [{configMapRef: {name: settings}}]}]",
                "volumes: [{name: v, projected: {sources: [{configMap: {name: settings, items:"
                        + " [{key: tariff, path: t}]}}]}}]",
                "volumes: [{name: v, configMap: {name: settings, optional: true, items: [{key: x,"
                        + " path: t}]}}]"
            })
    void whatIsOptionalOrThereIsNotMissed(String spec) {
        settings(0, "tariff: d1");
        search(1, spec);

        assertThat(examine("config_map_lacks_key").verdict()).isEqualTo(Verdict.ABSENT);
        assertThat(examine("config_map_not_there").verdict()).isEqualTo(Verdict.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initContainers: [{name: app, env: [{name: T, valueFrom: {configMapKeyRef: {name:"
                        + " settings, key: x}}}]}]",
                "volumes: [{name: v, projected: {sources: [{configMap: {name: settings, items:"
                        + " [{key: x, path: t}]}}]}}]"
            })
    void initContainersAndProjectedVolumesAreLookedAtToo(String spec) {
        settings(0, "tariff: d1");
        search(1, spec);

        assertThat(examine("config_map_lacks_key").verdict()).isEqualTo(Verdict.PRESENT);
    }
}
