package dev.kestrel.quality.simulation;

import dev.kestrel.domain.rca.Parameters;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.knowledge.KnowledgeReader;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a run plays.
 *
 * @param stories one for each customer, each of another tenant
 * @param nodes of the cloud
 * @param faults how many of them
 * @param troubled how long they may happen
 * @param length of all of it, in which everything must have become well again
 */
record Plot(
        List<Story> stories,
        Thinking thinking,
        int nodes,
        int faults,
        Duration troubled,
        Duration length) {
    private static final Duration TOLD = Duration.ofSeconds(150);
    private static final Duration SHORT = Duration.ofSeconds(55);

    /** The real reasoning with little patience: what is proved does not depend on its depth. */
    private static final Thinking THINKING = quick();

    private static final List<Story> SMALL =
            List.of(
                    small("image-tag-missing", "shop", "frontend"),
                    small("service-selector-edited", "payments", ""));

    /** Only where they are played. */
    private static final class Whole {
        private static final List<Story> STORIES =
                List.of(
                        Story.of("image-tag-missing", TOLD),
                        Story.of("service-selector-edited", TOLD),
                        Story.of("dns-scaled-to-zero", TOLD));
    }

    /** One minute about a few objects; every eighth with two tenants. */
    static Plot small(long seed) {
        var first = pick(SMALL, seed);
        var stories = seed % 8 == 0 ? List.of(first, pick(SMALL, seed + 1)) : List.of(first);
        return new Plot(
                stories,
                THINKING,
                2 + Math.floorMod(seed / 2, 2),
                8,
                Duration.ofSeconds(60),
                Duration.ofSeconds(100));
    }

    /** Five minutes about a whole cluster, until after what was applied was taken back. */
    static Plot deep(long seed) {
        return new Plot(
                List.of(pick(Whole.STORIES, seed)),
                THINKING,
                2 + Math.floorMod(seed / 2, 2),
                14,
                Duration.ofSeconds(210),
                Duration.ofMinutes(5));
    }

    private static Story pick(List<Story> stories, long seed) {
        return stories.get(Math.floorMod(seed, stories.size()));
    }

    private static Story small(String scenario, String namespace, String prefix) {
        Predicate<ResourceRef> shown =
                ref -> ref.namespace().equals(namespace) && ref.name().startsWith(prefix);
        return Story.of(scenario, SHORT).about(shown);
    }

    private static Thinking quick() {
        var full = Thinking.with(KnowledgeReader.bundled().sound());
        var usual = Parameters.DEFAULTS;
        var bounds = new Parameters.Limits(60, 3, 2, 1, 6, 6, 24, 1, 1, 2_000);
        var parameters =
                new Parameters(
                        usual.alpha(),
                        usual.rho(),
                        usual.unknownShare(),
                        usual.unknownWeight(),
                        usual.noneShare(),
                        usual.secondFault(),
                        usual.tau(),
                        usual.changeCap(),
                        usual.skew(),
                        usual.thresholds(),
                        bounds);
        return new Thinking(
                full.model(), new RootCause(parameters), full.correlation(), full.limits());
    }
}
