package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.ResourceRef;

import java.util.List;

/** Whether a call may pass. */
public sealed interface Passage {
    /** No policy is in its way. */
    record Allowed() implements Passage {}

    /**
     * It is stopped at one end, or at both.
     *
     * @param denials egress of the caller first; never empty
     */
    record Denied(List<Denial> denials) implements Passage {
        public Denied {
            denials = List.copyOf(denials);
        }
    }

    /**
     * Where it is stopped.
     *
     * @param at the pod that is isolated in this direction
     * @param policies all that isolate it and none of which has a rule for the call, sorted. A rule
     *     in any one of them would let it pass; taking one away would not, unless it is the only
     *     one
     */
    record Denial(Direction direction, ResourceRef at, List<ResourceRef> policies) {
        public Denial {
            policies = List.copyOf(policies);
        }
    }
}
