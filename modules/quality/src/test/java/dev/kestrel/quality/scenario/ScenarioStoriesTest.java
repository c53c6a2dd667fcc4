package dev.kestrel.quality.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.quality.Repository;
import dev.kestrel.quality.simulation.Conclusions;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.Scenarios;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Every scenario ends as it says, and its story is the one that was read and found good: {@code
 * -Dgolden.update=true} writes it anew. It is played once, and forgotten before the next: all of
 * them are more than fits into memory.
 */
@ParameterizedClass
@MethodSource("plays")
class ScenarioStoriesTest {
    private static final Path STORIES =
            Repository.ROOT.resolve("modules/quality/src/test/resources/stories");
    private static final Duration QUICKLY = Duration.ofSeconds(5);

    private final Scenario scenario;
    private final Play play;

    ScenarioStoriesTest(Scenario scenario, Play play) {
        this.scenario = scenario;
        this.play = play;
    }

    /** Each is played when its turn comes. */
    static Stream<Arguments> plays() {
        return Scenarios.all().stream().map(one -> Arguments.of(one, play(one)));
    }

    private static Play play(Scenario scenario) {
        var vertx = Vertx.vertx();
        try {
            return Play.of(scenario, QUICKLY, vertx, Instant.now());
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void endsAsItSays() {
        assertThat(play.problems())
                .as(() -> scenario.name() + "\n" + String.join("\n", play.story()))
                .isEmpty();
    }

    @Test
    void tellsTheStoryThatWasFoundGood() throws IOException {
        var file = STORIES.resolve(scenario.name() + ".txt");
        var story = String.join("\n", told()) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(STORIES);
            Files.writeString(file, story);
        }
        assertThat(Files.exists(file))
                .as("%s is missing; run with -Dgolden.update=true", file)
                .isTrue();
        assertThat(story).as(scenario.name()).isEqualTo(Files.readString(file));
    }

    private List<String> told() {
        var lines = new ArrayList<String>();
        lines.add("# " + scenario.title());
        lines.add("# " + scenario.story());
        lines.addAll(play.story());
        return lines;
    }

    @Test
    void doesNotDependOnHowOftenTimeIsLookedAt() {
        replay(UnaryOperator.identity());
    }

    @Test
    void isTheSameWithAnOwnerThatIsReplacedAfterEveryInput() {
        replay(ScenarioStoriesTest::restored);
    }

    private void replay(UnaryOperator<ClusterReasoning> between) {
        var replayed = new Conclusions();
        var reasoning = ClusterReasoning.begin(Play.CLUSTER, Play.THINKING);
        for (var entry : play.entries()) {
            replayed.add(reasoning.on(entry.input(), entry.at()));
            reasoning = between.apply(reasoning);
        }
        replayed.add(reasoning.advance(play.end()));
        play.conclusions().mustBe(replayed);
    }

    private static ClusterReasoning restored(ClusterReasoning reasoning) {
        return ClusterReasoning.restore(
                Play.CLUSTER,
                Play.THINKING,
                SealedJson.read(
                        SealedJson.write(reasoning.snapshot()), ClusterReasoning.Snapshot.class));
    }
}
