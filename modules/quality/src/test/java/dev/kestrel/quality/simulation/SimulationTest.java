package dev.kestrel.quality.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Many seeds; each tells its own story of faults, and always the same one. {@code -Dseed=N} replays
 * one alone, {@code -Dseeds=N} plays another number of them.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("seeds", 600);

    /** Of so many seeds one is about a whole cluster, and costs as much as dozens of others. */
    private static final long DEEP = 500;

    /** Each kind of happening is met at least once in so many seeds. */
    private static final long RARE = 1_000;

    private static final Bugs BUGS = new Bugs();
    private static final Replay REPLAY = new Replay(BUGS);

    @BeforeAll
    static void listen() {
        BUGS.attach();
    }

    @AfterAll
    static void listenNoMore() {
        BUGS.detach();
    }

    @Test
    void noFaultLosesRepeatsOrChangesAnIncident() {
        var met = play(SEEDS, Plot::small, "noFault*");
        if (Long.getLong("seed") == null) {
            System.out.printf("%d seeds met %s%n", SEEDS, met);
            assertThat(met)
                    .as("a kind of fault that does not happen proves nothing")
                    .containsOnlyKeys(Happening.values())
                    .allSatisfy(
                            (what, count) ->
                                    assertThat((long) count)
                                            .as(what.name())
                                            .isGreaterThan(SEEDS / RARE));
        }
    }

    @Test
    void norDoesOneWhereAWholeClusterIsReasonedAbout() {
        assertThat(play(Math.max(1, SEEDS / DEEP), Plot::deep, "norDoes*"))
                .containsKey(Happening.REVISION_SAVED);
    }

    @Test
    void aSeedAlwaysTellsTheSameStory() {
        var once = REPLAY.play(Plot.small(8), 8, "aSeed*");

        assertThat(REPLAY.play(Plot.small(8), 8, "aSeed*")).isEqualTo(once);
        assertThat(REPLAY.play(Plot.small(24), 24, "aSeed*")).isNotEqualTo(once);
    }

    private static Map<Happening, Integer> play(long seeds, LongFunction<Plot> plot, String test) {
        var only = Long.getLong("seed");
        return (only == null ? LongStream.rangeClosed(1, seeds) : LongStream.of(only))
                .parallel()
                .mapToObj(seed -> REPLAY.play(plot.apply(seed), seed, test).counts())
                .reduce(Map.of(), SimulationTest::sum);
    }

    private static Map<Happening, Integer> sum(
            Map<Happening, Integer> one, Map<Happening, Integer> other) {
        var sum = new EnumMap<Happening, Integer>(Happening.class);
        sum.putAll(one);
        other.forEach((what, count) -> sum.merge(what, count, Integer::sum));
        return sum;
    }
}
