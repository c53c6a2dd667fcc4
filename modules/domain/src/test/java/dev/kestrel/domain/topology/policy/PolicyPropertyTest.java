package dev.kestrel.domain.topology.policy;

import static org.assertj.core.api.Assertions.fail;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.policy.PolicyOracle.Member;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random policies over a small cluster, judged a second time by counting out what is allowed. They
 * are plain maps, in which what is absent is null.
 */
@NullUnmarked
class PolicyPropertyTest {
    private static final List<String> NAMESPACES = List.of("shop", "payments", "kube-system");
    private static final List<String> APPS = List.of("checkout", "cart", "ledger");
    private static final List<Integer> PORTS = List.of(53, 80, 8080);
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP");

    private final Random random;

    PolicyPropertyTest() {
        random = new Random(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyVerdictIsTheOneThatCountingOutGives(long seed) {
        random.setSeed(seed);
        var members = members();
        for (var round = 0; round < 15; round++) {
            var specs = IntStream.range(0, random.nextInt(5)).mapToObj(this::policy).toList();
            var policies =
                    NetworkPolicies.of(specs.stream().map(PolicyPropertyTest::object).toList());
            for (var from : members) {
                for (var to : members) {
                    check(policies, specs, from, to);
                }
            }
        }
    }

    private void check(
            NetworkPolicies policies, List<Map<String, Object>> specs, Member from, Member to) {
        for (var port : PORTS) {
            for (var protocol : PROTOCOLS) {
                var passage = policies.judge(new Call(end(from), end(to), port, protocol));
                if (passage instanceof Passage.Allowed
                        != PolicyOracle.passes(specs, from, to, port, protocol)) {
                    fail(
                            "%s from %s to %s %s %d under %s",
                            passage, from, to, protocol, port, specs);
                }
            }
        }
    }

    private List<Member> members() {
        var all = new ArrayList<Member>();
        for (var namespace : NAMESPACES) {
            for (var app : APPS) {
                var labels = new HashMap<>(Map.of("app", app));
                if (random.nextBoolean()) {
                    labels.put("tier", random.nextBoolean() ? "web" : "backend");
                }
                all.add(
                        new Member(
                                namespace,
                                app,
                                labels,
                                namespace.equals("shop")
                                        ? Map.of("name", namespace, "stage", "live")
                                        : Map.of("name", namespace),
                                all.size()));
            }
        }
        return all;
    }

    private static End end(Member member) {
        var pod =
                Fields.of(
                        Map.of(
                                "metadata",
                                Map.of("labels", member.labels()),
                                "spec",
                                Map.of(
                                        "containers",
                                        List.of(
                                                Map.of(
                                                        "ports",
                                                        List.of(
                                                                Map.of(
                                                                        "name",
                                                                        "http",
                                                                        "containerPort",
                                                                        8080))))),
                                "status",
                                Map.of("podIP", member.ip())));
        var ref = new ResourceRef("Pod", member.namespace(), member.name());
        return new End.Pod(
                new KubeObject(ref, "u", "1", "v1", pod, List.of()), member.namespaceLabels());
    }

    private static KubeObject object(Map<String, Object> policy) {
        var ref =
                new ResourceRef(
                        "NetworkPolicy", (String) policy.get("ns"), (String) policy.get("name"));
        return new KubeObject(ref, "u", "1", "networking.k8s.io/v1", Fields.of(policy), List.of());
    }

    private Map<String, Object> policy(int number) {
        var spec = new HashMap<String, Object>();
        spec.put("podSelector", selector());
        switch (random.nextInt(4)) {
            case 0 -> spec.put("policyTypes", List.of("Ingress"));
            case 1 -> spec.put("policyTypes", List.of("Egress"));
            case 2 -> spec.put("policyTypes", List.of("Ingress", "Egress"));
            default -> {}
        }
        if (random.nextInt(4) > 0) {
            spec.put("ingress", rules("from"));
        }
        if (random.nextInt(4) > 0) {
            spec.put("egress", rules("to"));
        }
        return Map.of("ns", pick(NAMESPACES), "name", "p" + number, "spec", spec);
    }

    private List<Object> rules(String peers) {
        var rules = new ArrayList<>();
        for (var count = random.nextInt(3); count > 0; count--) {
            var rule = new HashMap<String, Object>();
            if (random.nextInt(3) > 0) {
                rule.put(
                        peers,
                        IntStream.range(0, random.nextInt(3)).mapToObj(_ -> peer()).toList());
            }
            if (random.nextBoolean()) {
                rule.put(
                        "ports",
                        IntStream.range(0, random.nextInt(3)).mapToObj(_ -> port()).toList());
            }
            rules.add(rule);
        }
        return rules;
    }

    private Map<String, Object> peer() {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of("podSelector", selector());
            case 1 -> Map.of("namespaceSelector", spaces());
            case 2 -> Map.of("podSelector", selector(), "namespaceSelector", spaces());
            default ->
                    Map.of(
                            "ipBlock",
                            Map.of(
                                    "cidr",
                                    random.nextBoolean() ? "10.0.0.0/24" : "10.0.0.0/30",
                                    "except",
                                    random.nextBoolean() ? List.of() : List.of("10.0.0.2/31")));
        };
    }

    private Map<String, Object> port() {
        var port = new HashMap<String, Object>();
        if (random.nextBoolean()) {
            port.put("protocol", pick(PROTOCOLS));
        }
        switch (random.nextInt(4)) {
            case 0 -> port.put("port", pick(PORTS));
            case 1 -> port.put("port", "http");
            case 2 -> {
                port.put("port", 53);
                port.put("endPort", 80);
            }
            default -> {}
        }
        return port;
    }

    private Map<String, Object> selector() {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of();
            case 1 -> Map.of("matchLabels", Map.of("app", pick(APPS)));
            case 2 -> Map.of("matchExpressions", List.of(demand("tier", List.of("web"))));
            default ->
                    Map.of(
                            "matchLabels",
                            Map.of("tier", "backend"),
                            "matchExpressions",
                            List.of(demand("app", List.of("cart", "ledger"))));
        };
    }

    private Map<String, Object> spaces() {
        return switch (random.nextInt(3)) {
            case 0 -> Map.of();
            case 1 -> Map.of("matchLabels", Map.of("name", pick(NAMESPACES)));
            default -> Map.of("matchExpressions", List.of(demand("stage", List.of("live"))));
        };
    }

    private Map<String, Object> demand(String key, List<String> values) {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of("key", key, "operator", "In", "values", values);
            case 1 -> Map.of("key", key, "operator", "NotIn", "values", values);
            case 2 -> Map.of("key", key, "operator", "Exists");
            default -> Map.of("key", key, "operator", "DoesNotExist");
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
