package dev.kestrel.domain.topology.relation;

import java.util.List;

/** Every rule that brings edges, in documentation order. */
public final class EdgeRules {
    public static final List<EdgeRule> ALL =
            List.of(
                    Owning.RULE,
                    Selecting.RULE,
                    Meshing.RULE,
                    Endpoints.RULE,
                    Running.RULE,
                    Networking.RULE,
                    Evicting.RULE,
                    Mounting.RULE,
                    Environment.RULE,
                    Binding.RULE,
                    Routing.RULE,
                    Calling.RULE,
                    Resolving.RULE,
                    Scaling.RULE,
                    Account.RULE);

    /** What a pod that has ended still tells. */
    public static final List<EdgeRule> OF_ENDED_PODS = List.of(Evicting.RULE);

    private EdgeRules() {}
}
