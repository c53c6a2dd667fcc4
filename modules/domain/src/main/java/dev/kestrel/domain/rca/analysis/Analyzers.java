package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.placement.Constraint;
import dev.kestrel.domain.template.Probe.Purpose;

import java.util.List;
import java.util.Optional;

/** Every analyzer there is. */
public final class Analyzers {
    /** In the order of the documentation. */
    public static final List<Analyzer> ALL =
            List.of(
                    new MemoryLimit(),
                    new ImageMissing(),
                    new NoNodeFits(),
                    new NodesExcluded(Constraint.SELECTOR, "nodeSelector"),
                    new NodesExcluded(Constraint.AFFINITY, "affinity.nodeAffinity"),
                    new NodesExcluded(Constraint.TAINT, "tolerations"),
                    new NodesExcluded(Constraint.CORDON, ""),
                    new SelectorMatch(),
                    new ClusterDns(),
                    new ProbeAmiss(Purpose.READINESS),
                    new ProbeAmiss(Purpose.LIVENESS),
                    new ReferenceBroken(ReferenceBroken.What.KEY),
                    new ReferenceBroken(ReferenceBroken.What.MAP),
                    PolicyDenies.CALLER,
                    PolicyDenies.DNS,
                    new NetworkAgent(),
                    new NodeHog(),
                    new NodeMemory(),
                    new StrictMutualTls());

    private Analyzers() {}

    /** The analyzer of that id; empty also for the empty id. */
    public static Optional<Analyzer> find(String id) {
        return ALL.stream().filter(analyzer -> analyzer.id().equals(id)).findFirst();
    }
}
