package dev.kestrel.operator.kube;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.signal.Fields;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the API server whether this operator may do what it must never do, so that read-only is
 * proven and not only promised.
 */
public final class Permissions {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What a read-only operator may not be able to do: verb, group, resource. */
    private static final List<Ask> DANGEROUS =
            List.of(
                    new Ask("create", "", "pods"),
                    new Ask("delete", "", "pods"),
                    new Ask("create", "", "pods/exec"),
                    new Ask("get", "", "pods/exec"),
                    new Ask("create", "", "pods/portforward"),
                    new Ask("patch", "", "pods/ephemeralcontainers"),
                    new Ask("get", "", "nodes/proxy"),
                    new Ask("get", "", "secrets"),
                    new Ask("list", "", "secrets"),
                    new Ask("create", "", "serviceaccounts/token"),
                    new Ask("patch", "", "services"),
                    new Ask("patch", "", "configmaps"),
                    new Ask("patch", "", "nodes"),
                    new Ask("patch", "apps", "deployments"),
                    new Ask("delete", "apps", "deployments"),
                    new Ask("escalate", "rbac.authorization.k8s.io", "clusterroles"),
                    new Ask("bind", "rbac.authorization.k8s.io", "clusterroles"),
                    new Ask("impersonate", "", "users"));

    private final KubeApi api;

    public Permissions(KubeApi api) {
        this.api = api;
    }

    /**
     * What of all that is permitted, in words such as {@code delete pods}. Fails when the API
     * server cannot be asked.
     */
    public CompletableFuture<List<String>> dangerous() {
        var permitted = CompletableFuture.completedFuture((List<String>) new ArrayList<String>());
        for (var ask : DANGEROUS) {
            permitted =
                    permitted.thenCompose(
                            soFar ->
                                    isAllowed(ask)
                                            .thenApply(
                                                    allowed -> {
                                                        if (allowed) {
                                                            soFar.add(ask.words());
                                                        }
                                                        return soFar;
                                                    }));
        }
        return permitted;
    }

    private CompletableFuture<Boolean> isAllowed(Ask ask) {
        return api.review(ask.json(), PATIENCE)
                .thenApply(
                        reply -> {
                            if (!reply.isSuccess()) {
                                throw new IllegalStateException(
                                        "access review answered " + reply.status());
                            }
                            return JsonFields.read(reply.body())
                                    .at("status", "allowed")
                                    .truth(false);
                        });
    }

    private record Ask(String verb, String group, String resource) {
        private String words() {
            return verb + " " + resource;
        }

        private String json() {
            var slash = resource.indexOf('/');
            var attributes =
                    Map.of(
                            "verb",
                            verb,
                            "group",
                            group,
                            "resource",
                            slash < 0 ? resource : resource.substring(0, slash),
                            "subresource",
                            slash < 0 ? "" : resource.substring(slash + 1));
            return CanonicalJson.write(
                    Fields.of(
                            Map.of(
                                    "apiVersion", "authorization.k8s.io/v1",
                                    "kind", "SelfSubjectAccessReview",
                                    "spec", Map.of("resourceAttributes", attributes))));
        }
    }
}
