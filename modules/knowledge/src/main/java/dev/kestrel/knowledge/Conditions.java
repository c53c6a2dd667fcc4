package dev.kestrel.knowledge;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.kestrel.domain.rca.Condition;
import dev.kestrel.domain.rca.analysis.ClusterDns;
import dev.kestrel.domain.rca.analysis.NetworkAgent;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Topology;

import java.util.Map;
import java.util.Optional;

/**
 * Compiles the conditions of the packs, written in CEL. They see {@code self} (the object), {@code
 * template} (its pod template), {@code kind}, {@code namespace}, {@code name}, {@code servesNames}
 * (the cluster's DNS resolves through it) and {@code networksPods} (it is a network agent). No
 * input or output; so many steps at most, because macros inside each other over an object's long
 * lists would take for ever.
 */
final class Conditions {
    /** Over one list of every value that an object may have; a condition visits a few dozen. */
    private static final int MOST_STEPS = 50_000;

    private static final int MOST_CHARACTERS = 4096;

    private static final Cel CEL =
            CelFactory.legacyCelBuilder()
                    .setOptions(
                            CelOptions.current()
                                    .comprehensionMaxIterations(MOST_STEPS)
                                    .maxExpressionCodePointSize(MOST_CHARACTERS)
                                    .build())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addVar("self", SimpleType.DYN)
                    .addVar("template", SimpleType.DYN)
                    .addVar("kind", SimpleType.STRING)
                    .addVar("namespace", SimpleType.STRING)
                    .addVar("name", SimpleType.STRING)
                    .addVar("servesNames", SimpleType.BOOL)
                    .addVar("networksPods", SimpleType.BOOL)
                    .setResultType(SimpleType.BOOL)
                    .build();

    private Conditions() {}

    /**
     * Compiles one.
     *
     * @throws IllegalArgumentException when it is not CEL, or not about these names
     */
    static Condition compile(String expression) {
        try {
            return new Compiled(CEL.createProgram(CEL.compile(expression).getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
    }

    private record Compiled(CelRuntime.Program program) implements Condition {
        @Override
        public boolean holds(ResourceRef subject, Topology topology) {
            try {
                return Boolean.TRUE.equals(
                        program.eval(name -> Optional.of(value(name, subject, topology))));
            } catch (CelEvaluationException e) {
                // A field that is not there, mostly: what cannot be decided is not ruled out.
                return true;
            }
        }

        private static Object value(String name, ResourceRef subject, Topology topology) {
            return switch (name) {
                case "self" -> tree(topology.find(subject));
                case "template" ->
                        topology.find(subject)
                                .flatMap(PodTemplate::of)
                                .flatMap(template -> template.spec().tree())
                                .orElse(Map.of());
                case "kind" -> subject.kind();
                case "namespace" -> subject.namespace();
                case "name" -> subject.name();
                case "servesNames" -> ClusterDns.service(subject, topology).isPresent();
                case "networksPods" -> NetworkAgent.is(subject, topology);
                default -> Map.of();
            };
        }

        private static Object tree(Optional<KubeObject> object) {
            return object.flatMap(one -> one.fields().tree()).orElse(Map.of());
        }
    }
}
