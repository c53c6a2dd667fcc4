package dev.kestrel.quality.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Many seeds; each tells its own story of faults, and always the same one. {@code -Dseed=N} replays
 * one alone, {@code -Dseeds=N} plays more of them.
 */
class SimulationTest {
    private static final Duration TOLD = Duration.ofSeconds(150);
    private static final long SEEDS = Long.getLong("seeds", 120);
    private static final Bugs BUGS = new Bugs();
    private static List<Story> stories = List.of();

    @BeforeAll
    static void listen() {
        BUGS.attach();
        stories =
                List.of(
                        Story.of("image-tag-missing", TOLD),
                        Story.of("service-selector-edited", TOLD),
                        Story.of("dns-scaled-to-zero", TOLD));
    }

    @AfterAll
    static void listenNoMore() {
        BUGS.detach();
    }

    @Test
    void noFaultLosesRepeatsOrChangesAnIncident() {
        var only = Long.getLong("seed");
        var seeds = only == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(only);
        var reached =
                seeds.parallel()
                        .mapToObj(SimulationTest::play)
                        .reduce(Simulation.Summary.NONE, Simulation.Summary::plus);
        if (only == null) {
            assertThat(List.of(reached.fenced(), reached.refused(), reached.lost()))
                    .as("appends fenced, streams ended by the gateway, store calls lost")
                    .allMatch(count -> count > SEEDS / 4);
            assertThat(List.of(reached.approved(), reached.checkpoints(), reached.revisions()))
                    .as("approvals, checkpoints, revisions")
                    .allMatch(count -> count >= SEEDS / 2);
        }
    }

    @Test
    void aSeedAlwaysTellsTheSameStory() {
        assertThat(play(7)).isEqualTo(play(7)).isNotEqualTo(play(10));
    }

    private static Simulation.Summary play(long seed) {
        BUGS.forget();
        try {
            var story = stories.get(Math.floorMod(seed, stories.size()));
            var summary = new Simulation(story, seed).run();
            BUGS.mustBeNone();
            return summary;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    """
                    seed %d broke: %s
                    replay it alone with
                    ./kestrel test -pl modules/quality -am -Dtest=SimulationTest \
                    -Dsurefire.failIfNoSpecifiedTests=false -Dseed=%d\
                    """
                            .formatted(seed, e.getMessage(), seed),
                    e);
        }
    }
}
