package dev.kestrel.quality.realcluster;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one cluster of the run; skips them, saying why, where it cannot be started. */
final class SharedCluster implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RealCluster.class;
    }

    @Override
    public RealCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var check = RealCluster.check();
        Assumptions.assumeTrue(check.succeeded(), () -> "no real cluster here: " + check.err());
        // JUnit closes what its root store holds when the run is over.
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(RealCluster.class, _ -> RealCluster.start(), RealCluster.class);
    }
}
