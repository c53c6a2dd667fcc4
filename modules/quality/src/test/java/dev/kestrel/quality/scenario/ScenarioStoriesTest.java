package dev.kestrel.quality.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.quality.Repository;
import dev.kestrel.quality.simulation.Conclusions;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.Scenarios;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Every scenario ends as it says, and its story is the one that was read and found good: {@code
 * -Dgolden.update=true} writes it anew.
 */
class ScenarioStoriesTest {
    private static final Path STORIES =
            Repository.ROOT.resolve("modules/quality/src/test/resources/stories");
    private static final Duration QUICKLY = Duration.ofSeconds(5);
    private static final Vertx VERTX = Vertx.vertx();
    private static final Map<String, Play> PLAYED = new ConcurrentHashMap<>();

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    private static Play play(Scenario scenario) {
        return PLAYED.computeIfAbsent(
                scenario.name(), _ -> Play.of(scenario, QUICKLY, VERTX, Instant.now()));
    }

    @AfterAll
    static void end() {
        VERTX.close().await();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsAsItSays(Scenario scenario) {
        var play = play(scenario);
        assertThat(play.problems())
                .as(() -> scenario.name() + "\n" + String.join("\n", play.story()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void tellsTheStoryThatWasFoundGood(Scenario scenario) throws IOException {
        var file = STORIES.resolve(scenario.name() + ".txt");
        var story = String.join("\n", told(scenario)) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(STORIES);
            Files.writeString(file, story);
        }
        assertThat(Files.exists(file))
                .as("%s is missing; run with -Dgolden.update=true", file)
                .isTrue();
        assertThat(story).as(scenario.name()).isEqualTo(Files.readString(file));
    }

    private static List<String> told(Scenario scenario) {
        var lines = new ArrayList<String>();
        lines.add("# " + scenario.title());
        lines.add("# " + scenario.story());
        lines.addAll(play(scenario).story());
        return lines;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void doesNotDependOnHowOftenTimeIsLookedAt(Scenario scenario) {
        replay(play(scenario), UnaryOperator.identity());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isTheSameWithAnOwnerThatIsReplacedAfterEveryInput(Scenario scenario) {
        replay(play(scenario), ScenarioStoriesTest::restored);
    }

    /**
     * By then the effects are there as well, and take longer to go than what the fix is to clear.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache-selector-edited",
                "dns-scaled-to-zero",
                "network-agent-image-missing"
            })
    void aPersonWhoThinksForAMinuteHasItMendedAsWell(String name) {
        var scenario = Scenarios.named(name).orElseThrow();
        var play = Play.of(scenario, Duration.ofMinutes(1), VERTX, Instant.now());
        assertThat(play.problems()).as(() -> String.join("\n", play.story())).isEmpty();
    }

    private static void replay(Play play, UnaryOperator<ClusterReasoning> between) {
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
