package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Selector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Kinds that apply to pods by selector. The edge goes to the workload, and its template counts as
 * well as its pods: a Service still selects a workload that is scaled to zero.
 *
 * @param selector where the object says whom it selects
 * @param applies whether the object selects at all
 * @param relations edges that being selected means
 */
public record Selecting(
        Function<KubeObject, Selector> selector,
        Predicate<KubeObject> applies,
        List<Relation> relations) {
    /** A kind that selects needs one entry here and nothing else. */
    private static final Map<String, Selecting> KINDS =
            Map.of(
                    "Service",
                    new Selecting(
                            service -> Selector.ofMap(service.at("spec", "selector")),
                            // Without a selector somebody else keeps the endpoints.
                            service -> !service.at("spec", "selector").texts().isEmpty(),
                            List.of(Relation.SELECTS)),
                    "NetworkPolicy",
                    new Selecting(
                            policy -> Selector.ofLabels(policy.at("spec", "podSelector")),
                            policy -> true,
                            List.of(Relation.SELECTS, Relation.POLICY_ON)),
                    "PeerAuthentication",
                    new Selecting(
                            policy -> Selector.ofLabels(policy.at("spec", "selector")),
                            policy -> true,
                            List.of(Relation.POLICY_ON)),
                    "PodDisruptionBudget",
                    new Selecting(
                            budget -> Selector.ofLabels(budget.at("spec", "selector")),
                            budget -> budget.at("spec", "selector").isPresent(),
                            List.of(Relation.SELECTS)),
                    "ResourceQuota",
                    wholeNamespace(),
                    "LimitRange",
                    wholeNamespace());

    static final EdgeRule RULE = Selecting::derive;

    private static Selecting wholeNamespace() {
        return new Selecting(
                quota -> Selector.EVERYTHING, quota -> true, List.of(Relation.QUOTA_ON));
    }

    /** Whom an object selects; empty for a kind or an object that does not select. */
    public static Optional<Selector> of(KubeObject object) {
        return Optional.ofNullable(KINDS.get(object.ref().kind()))
                .filter(kind -> kind.applies().test(object))
                .map(kind -> kind.selector().apply(object));
    }

    private static void derive(KubeObject object, Links links) {
        for (var owner : links.selecting()) {
            Optional.ofNullable(KINDS.get(owner.kind())).stream()
                    .flatMap(kind -> kind.relations().stream())
                    .forEach(relation -> links.add(owner, relation, links.self()));
        }
    }
}
