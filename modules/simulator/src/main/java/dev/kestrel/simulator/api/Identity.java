package dev.kestrel.simulator.api;

import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.util.ArrayList;
import java.util.List;

/** Who a bearer token stands for and what they may do. */
public record Identity(String user, String token, List<Rule> rules) {
    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("create", "update", "patch", "delete");
    private static final List<String> CHANGEABLE =
            List.of(
                    "deployments",
                    "statefulsets",
                    "daemonsets",
                    "services",
                    "configmaps",
                    "peerauthentications");

    public Identity {
        rules = List.copyOf(rules);
    }

    /** May get, list and watch everything but secrets. */
    public static Identity reader(String token) {
        return new Identity("system:serviceaccount:monitoring:reader", token, List.of(reads()));
    }

    /** May also change workloads, services and config maps. */
    public static Identity writer(String token) {
        var writes =
                new Rule(WRITE, List.of("", "apps", "security.istio.io"), CHANGEABLE, List.of());
        var opens =
                new Rule(
                        WRITE, List.of("networking.k8s.io"), List.of("networkpolicies"), List.of());
        return new Identity(
                "system:serviceaccount:monitoring:writer", token, List.of(reads(), writes, opens));
    }

    /** May do everything, as the person who made the cluster. */
    public static Identity admin(String token) {
        var any = List.of("*");
        return new Identity("kubernetes-admin", token, List.of(new Rule(any, any, any, List.of())));
    }

    private static Rule reads() {
        var groups = ResourceTypes.ALL.stream().map(ResourceType::group).distinct().toList();
        var resources = new ArrayList<String>(List.of("pods/log"));
        ResourceTypes.ALL.stream()
                .filter(type -> !type.equals(ResourceTypes.SECRET))
                .map(ResourceType::plural)
                .forEach(resources::add);
        return new Rule(READ, groups, resources, List.of());
    }

    boolean may(String verb, String group, String resource, String namespace) {
        return rules.stream().anyMatch(rule -> rule.allows(verb, group, resource, namespace));
    }
}
