package dev.kestrel.quality.realcluster;

import com.marcnuri.helm.Helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator as the API server knows it: the chart's ServiceAccount, roles and bindings. */
final class OperatorIdentity {

    private static final Path CHART = RealCluster.ROOT.resolve("deploy/helm/kestrel-operator");
    private static final String NAME = "kestrel-operator";
    private static final String NAMESPACE = "kestrel";
    private static final Set<String> KINDS =
            Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "RoleBinding");
    private static final String NEEDED =
            """
            cloud: {host: kestrel.example}
            cluster: {name: real}
            joinToken: {value: not-used}
            """;

    private final RealCluster cluster;

    OperatorIdentity(RealCluster cluster) {
        this.cluster = cluster;
    }

    /** Applies what the chart renders for these values, without the Deployment. */
    void install(String values) {
        cluster.kubectlWith(
                        """
                        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kestrel"}}
                        """,
                        "apply",
                        "-f",
                        "-")
                .output();
        cluster.kubectlWith(rendered(values), "apply", "-f", "-").output();
    }

    /** Takes away all that any installation here left behind. */
    void remove() {
        var ours = "--selector=app.kubernetes.io/name=" + NAME;
        cluster.kubectl("delete", "clusterroles,clusterrolebindings", ours).output();
        cluster.kubectl("delete", "rolebindings,serviceaccounts", "-A", ours).output();
    }

    private static String rendered(String values) {
        try {
            var file = Files.writeString(Files.createTempFile("values", ".yaml"), NEEDED + values);
            try {
                var yaml =
                        new Helm(CHART)
                                .template()
                                .withName(NAME)
                                .withNamespace(NAMESPACE)
                                .withKubeVersion("1.36.0")
                                .withValuesFile(file)
                                .call();
                return Stream.of(yaml.split("(?m)^---.*$"))
                        .filter(OperatorIdentity::isIdentity)
                        .collect(Collectors.joining("---\n"));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIdentity(String document) {
        return document.lines()
                .filter(line -> line.startsWith("kind: "))
                .anyMatch(line -> KINDS.contains(line.substring("kind: ".length())));
    }

    /** Asks the API server about one permission, such as {@code "get pods/log"}. */
    boolean may(String permission, String namespace) {
        var words = permission.split(" ", 2);
        var resource = words[1].split("/", 2);
        var question = new ArrayList<>(List.of("auth", "can-i", words[0], resource[0]));
        if (resource.length > 1) {
            question.add("--subresource=" + resource[1]);
        }
        question.addAll(List.of("-n", namespace));
        return kubectl(question.toArray(String[]::new)).out().equals("yes");
    }

    /** Runs kubectl with the ServiceAccount's own token. */
    Command kubectl(String... arguments) {
        var words = Stream.of(Stream.of("--kubeconfig", "" + kubeconfig()), Stream.of(arguments));
        return cluster.kubectl(words.flatMap(each -> each).toArray(String[]::new));
    }

    /**
     * A kubeconfig for the operator itself, valid for an hour; cluster-admin's key is not in it.
     */
    Path kubeconfig() {
        var token = cluster.kubectl("create", "token", NAME, "-n", NAMESPACE).output();
        var admin = cluster.kubectl("config", "view", "--raw", "-o", "json").output();
        var server = RealCluster.json(admin).at("/clusters/0/cluster");
        try {
            var file = cluster.kubeconfig().resolveSibling("operator.kubeconfig");
            return Files.writeString(
                    file,
                    """
                    {"apiVersion": "v1", "kind": "Config", "current-context": "local",
                     "clusters": [{"name": "local", "cluster": %s}],
                     "users": [{"name": "operator", "user": {"token": "%s"}}],
                     "contexts": [{"name": "local", "context": {"cluster": "local", "user": "operator"}}]}
                    """
                            .formatted(server, token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
