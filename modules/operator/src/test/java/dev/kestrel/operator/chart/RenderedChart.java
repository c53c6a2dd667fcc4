package dev.kestrel.operator.chart;

import com.marcnuri.helm.Helm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects that Helm would send to a cluster for given values. */
record RenderedChart(List<HasMetadata> objects) {

    static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("kestrel.root"), "set by the build"))
                    .resolve("deploy/helm/kestrel-operator");

    /** Values without which the chart refuses to render. */
    static final String NEEDED =
            """
            cloud: {host: kestrel.example}
            cluster: {name: prod}
            joinToken: {value: join-me}
            """;

    RenderedChart {
        objects = List.copyOf(objects);
    }

    static RenderedChart with(String moreValues) {
        return of(NEEDED + moreValues);
    }

    static RenderedChart of(String values) {
        var yaml = template(values);
        var serialization = new KubernetesSerialization();
        return new RenderedChart(
                Stream.of(yaml.split("(?m)^---.*$"))
                        .filter(document -> document.lines().anyMatch(RenderedChart::saysSomething))
                        .map(document -> (HasMetadata) serialization.unmarshal(document))
                        .toList());
    }

    private static boolean saysSomething(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static String template(String values) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return new Helm(FOLDER)
                        .template()
                        .withName("kestrel-operator")
                        .withNamespace("kestrel")
                        .withKubeVersion("1.36.0")
                        .withValuesFile(file)
                        .call();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        var found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(
                    "expected one %s, found %d".formatted(type.getSimpleName(), found.size()));
        }
        return found.getFirst();
    }

    ClusterRole clusterRole(String name) {
        return all(ClusterRole.class).stream()
                .filter(role -> role.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ClusterRole " + name));
    }

    /** One line per permission, such as {@code "apps/deployments: get list watch"}. */
    static SortedSet<String> permissions(List<PolicyRule> rules) {
        var lines = new TreeSet<String>();
        for (var rule : rules) {
            for (var group : rule.getApiGroups()) {
                for (var resource : rule.getResources()) {
                    lines.add(
                            "%s/%s: %s"
                                    .formatted(group, resource, String.join(" ", rule.getVerbs())));
                }
            }
        }
        return lines;
    }
}
