package dev.kestrel.cli.bench;

import dev.kestrel.knowledge.Example;
import dev.kestrel.knowledge.Knowledge;
import dev.kestrel.knowledge.Pack;
import dev.kestrel.knowledge.lint.ExampleRun;
import dev.kestrel.knowledge.yaml.Place;
import dev.kestrel.knowledge.yaml.Reader;
import dev.kestrel.knowledge.yaml.Tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the root cause is looked for in: every example of the bundled knowledge, and a larger
 * incident, a dead cluster DNS with many callers that fail because of it.
 */
final class RcaCases {
    private RcaCases() {}

    /**
     * By name, in the order of the packs, the large one last.
     *
     * @param callers workloads that call the dead DNS in the large one
     */
    static Map<String, ExampleRun.Prepared> of(Knowledge knowledge, int callers) {
        var cases = new LinkedHashMap<String, ExampleRun.Prepared>();
        for (var pack : knowledge.packs()) {
            for (var example : pack.examples().stream().map(Pack.Declared::value).toList()) {
                cases.put(example.name(), prepare(knowledge, example));
            }
        }
        var large = "cluster DNS down, %d callers".formatted(callers);
        cases.put(large, prepare(knowledge, dnsDown(large, callers)));
        return cases;
    }

    private static ExampleRun.Prepared prepare(Knowledge knowledge, Example example) {
        var text = knowledge.files().worlds().getOrDefault(example.world(), "");
        return ExampleRun.prepare(example, trees(example.world(), text));
    }

    private static List<Tree> trees(String name, String yaml) {
        try {
            return Reader.read(name, yaml);
        } catch (Reader.Malformed e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Example dnsDown(String name, int callers) {
        var place = new Place("bench", 1);
        var dns = "Deployment/kube-system/coredns";
        var changed = Duration.ofMinutes(3);
        var down =
                new Example.Changed(
                        place,
                        dns,
                        changed,
                        "kubectl-edit",
                        Map.of("spec", Map.of("replicas", 0L), "pods", 0L));
        var objects = new ArrayList<Map<String, Object>>();
        var symptoms =
                new ArrayList<>(
                        List.of(
                                seen("workload.scaled_to_zero", dns, changed),
                                seen(
                                        "service.no_endpoints",
                                        "Service/kube-system/kube-dns",
                                        changed.minusSeconds(2))));
        for (int i = 1; i <= callers; i++) {
            objects.add(caller("caller-" + i));
            symptoms.add(
                    seen(
                            "log.dns_failure",
                            "Deployment/shop/caller-" + i,
                            changed.minusSeconds(40)));
        }
        var expected = new Example.Expected("dns.coredns_down@" + dns, "", "", "", "", 0);
        return new Example(name, "shop", objects, List.of(down), symptoms, expected);
    }

    private static Example.Seen seen(String type, String resource, Duration before) {
        return new Example.Seen(new Place("bench", 1), type, resource, before, 1, 1);
    }

    private static Map<String, Object> caller(String name) {
        var labels = Map.<String, Object>of("app", name);
        var container = Map.<String, Object>of("name", "app", "image", "workload:v1");
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", "shop"),
                "pods",
                2L,
                "spec",
                Map.of(
                        "replicas",
                        2L,
                        "selector",
                        Map.of("matchLabels", labels),
                        "template",
                        Map.of(
                                "metadata",
                                Map.of("labels", labels),
                                "spec",
                                Map.of("containers", List.of(container)))));
    }
}
