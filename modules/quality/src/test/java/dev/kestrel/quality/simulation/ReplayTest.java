package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The same journal gives the same incidents, revision by revision, however time is cut and wherever
 * an owner was replaced.
 */
class ReplayTest {
    private static final Duration PLAYED = Duration.ofMinutes(3);
    private static final Duration LENGTH = Duration.ofMinutes(6);
    private static List<Diary> diaries = List.of();

    @BeforeAll
    static void play() {
        diaries =
                List.of("image-tag-missing", "service-selector-edited", "dns-scaled-to-zero")
                        .stream()
                        .map(scenario -> Diary.of(Story.of(scenario, PLAYED), LENGTH))
                        .toList();
    }

    @Test
    void theIncidentsDoNotDependOnHowOftenTimeIsLookedAt() {
        replay(UnaryOperator.identity());
    }

    @Test
    void anOwnerThatIsReplacedAfterEveryInputConcludesTheSame() {
        replay(ReplayTest::restored);
    }

    private static void replay(UnaryOperator<ClusterReasoning> between) {
        for (var diary : diaries) {
            var replayed = new Conclusions();
            var reasoning = ClusterReasoning.begin(Diary.CLUSTER, Diary.THINKING);
            for (var entry : diary.entries()) {
                replayed.add(reasoning.on(entry.input(), entry.at()));
                reasoning = between.apply(reasoning);
            }
            replayed.add(reasoning.advance(diary.end()));
            diary.conclusions().mustBe(replayed);
        }
    }

    private static ClusterReasoning restored(ClusterReasoning reasoning) {
        var json = SealedJson.write(reasoning.snapshot());
        return ClusterReasoning.restore(
                Diary.CLUSTER,
                Diary.THINKING,
                SealedJson.read(json, ClusterReasoning.Snapshot.class));
    }
}
