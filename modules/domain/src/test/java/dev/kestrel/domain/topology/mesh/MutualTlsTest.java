package dev.kestrel.domain.topology.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.mesh.MutualTls.Mode;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which mode counts where several policies speak, as Istio documents it. */
class MutualTlsTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    private static final Map<String, String> PAYMENTS = Map.of("app", "payments", "tier", "b");

    private final Topology topology = new Topology();
    private int age;

    @Test
    void withoutAPolicyBothAreTaken() {
        assertThat(demand(8080)).isEqualTo(new MutualTls.Demand(Mode.PERMISSIVE, List.of()));
    }

    @Test
    void theNarrowerLevelCounts() {
        policy("istio-system", "default", "STRICT", Map.of(), Map.of());
        assertThat(decides(8080)).isEqualTo("STRICT by istio-system/default");
        policy("shop", "default", "PERMISSIVE", Map.of(), Map.of());
        assertThat(decides(8080)).isEqualTo("PERMISSIVE by shop/default");
        policy("shop", "payments", "STRICT", Map.of("app", "payments"), Map.of());
        assertThat(decides(8080)).isEqualTo("STRICT by shop/payments");
    }

    @Test
    void whatIsNotSetIsInherited() {
        policy("istio-system", "default", "STRICT", Map.of(), Map.of());
        policy("shop", "default", "UNSET", Map.of(), Map.of());
        policy("shop", "payments", "", Map.of("app", "payments"), Map.of());
        assertThat(decides(8080)).isEqualTo("STRICT by istio-system/default");
    }

    @Test
    void aPortOfAPolicyThatSelectsComesFirst() {
        policy(
                "shop",
                "payments",
                "STRICT",
                Map.of("app", "payments"),
                Map.of("8080", "PERMISSIVE", "9090", "UNSET"));
        assertThat(decides(8080)).isEqualTo("PERMISSIVE by shop/payments");
        assertThat(decides(9090)).isEqualTo("STRICT by shop/payments");
        assertThat(decides(80)).isEqualTo("STRICT by shop/payments");
    }

    @Test
    void portsOfAPolicyForAWholeNamespaceSayNothing() {
        policy("shop", "default", "STRICT", Map.of(), Map.of("8080", "DISABLE"));
        assertThat(decides(8080)).isEqualTo("STRICT by shop/default");
    }

    @Test
    void ofTwoAtOneLevelTheOlderCounts() {
        policy("shop", "z-older", "STRICT", Map.of("tier", "b"), Map.of());
        policy("shop", "a-younger", "PERMISSIVE", Map.of("app", "payments"), Map.of());
        assertThat(decides(8080)).isEqualTo("STRICT by shop/z-older");
    }

    @Test
    void whoIsNotSelectedIsNotBound() {
        policy("shop", "cart", "STRICT", Map.of("app", "cart"), Map.of());
        policy("other", "default", "STRICT", Map.of(), Map.of());
        assertThat(demand(8080).mode()).isEqualTo(Mode.PERMISSIVE);
    }

    private MutualTls.Demand demand(int port) {
        return MutualTls.of("shop", PAYMENTS, port, topology);
    }

    private String decides(int port) {
        var demand = demand(port);
        var by = demand.by().getFirst();
        return "%s by %s/%s".formatted(demand.mode(), by.namespace(), by.name());
    }

    private void policy(
            String namespace,
            String name,
            String mode,
            Map<String, String> selector,
            Map<String, String> ports) {
        var spec = new HashMap<String, Object>();
        if (!mode.isEmpty()) {
            spec.put("mtls", Map.of("mode", mode));
        }
        if (!selector.isEmpty()) {
            spec.put("selector", Map.of("matchLabels", selector));
        }
        var levels = new HashMap<String, Object>();
        ports.forEach((port, its) -> levels.put(port, Map.of("mode", its)));
        spec.put("portLevelMtls", levels);
        var created = T0.plusSeconds(age++).toString();
        topology.apply(
                new KubeObject(
                        new ResourceRef(MutualTls.POLICY, namespace, name),
                        "uid-" + name,
                        "1",
                        "security.istio.io/v1",
                        Fields.of(
                                Map.of(
                                        "metadata",
                                        Map.of("creationTimestamp", created),
                                        "spec",
                                        spec)),
                        List.of()),
                T0.plusSeconds(age));
    }
}
