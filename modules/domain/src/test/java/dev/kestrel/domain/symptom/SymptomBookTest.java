package dev.kestrel.domain.symptom;

import static dev.kestrel.domain.scenario.Given.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom.State;
import dev.kestrel.domain.symptom.SymptomChange.Reason;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class SymptomBookTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final ResourceRef CHECKOUT = ResourceRef.parse("Deployment/shop/checkout");

    private final Topology topology = new Topology();
    private final SymptomBook book = new SymptomBook();

    private static ResourceRef pod(int number) {
        return ResourceRef.parse("Pod/shop/checkout-" + number);
    }

    private void alive(int... pods) {
        for (var number : pods) {
            topology.apply(object(pod(number).toString(), "status.phase = Running"), T0);
        }
    }

    private static Sample level(String type, int pod, long second, boolean bad) {
        return sample(type, pod, second, bad, Sample.Kind.LEVEL, Stage.NONE, "");
    }

    private static Sample edge(String type, int pod, long second, Stage stage, String template) {
        return sample(type, pod, second, true, Sample.Kind.EDGE, stage, template);
    }

    private static Sample sample(
            String type,
            int pod,
            long second,
            boolean bad,
            Sample.Kind kind,
            Stage stage,
            String template) {
        var key = new SymptomKey(type, CHECKOUT);
        return new Sample(
                key, pod(pod), T0.plusSeconds(second), bad, kind, stage, template, List.of());
    }

    private State state(String type) {
        return book.find(new SymptomKey(type, CHECKOUT)).map(Symptom::state).orElseThrow();
    }

    @Test
    void aSymptomIsOverOnlyWhenNoInstanceShowsIt() {
        alive(1, 2);
        book.on(level("x.level", 1, 0, true), topology);
        book.on(level("x.level", 2, 1, true), topology);
        book.on(level("x.level", 1, 40, false), topology);
        assertThat(state("x.level")).isEqualTo(State.ACTIVE);

        book.on(level("x.level", 2, 41, false), topology);
        assertThat(state("x.level")).isEqualTo(State.CLEARING);
        book.advance(T0.plusSeconds(71), topology);
        assertThat(state("x.level")).isEqualTo(State.CLEARED);
    }

    @Test
    void theOnsetLiesBetweenTheLastGoodAndTheFirstBadSample() {
        alive(1);
        book.on(level("x.level", 1, 0, false), topology);
        book.on(level("x.level", 1, 7, true), topology);

        var symptom = book.find(new SymptomKey("x.level", CHECKOUT)).orElseThrow();
        assertThat(symptom.onsetEarliest()).isEqualTo(T0);
        assertThat(symptom.onsetLatest()).isEqualTo(T0.plusSeconds(7));
    }

    @Test
    void anEdgeOfAnEarlierStageIsVoidOnceItsTemplateHasPassedIt() {
        alive(1, 2);
        book.on(edge("probe.startup", 1, 0, Stage.VOLUME, "5d4f"), topology);
        assertThat(state("probe.startup")).isEqualTo(State.PENDING);

        var told =
                book.on(sample("y", 2, 5, false, Sample.Kind.LEVEL, Stage.READY, "5d4f"), topology);
        assertThat(told)
                .extracting(SymptomChange::reason)
                .containsExactly(Reason.LATER_STAGE_REACHED);
    }

    @Test
    void anotherTemplateOrAnEarlierPassageVoidsNothing() {
        alive(1, 2);
        book.on(sample("y", 2, 0, false, Sample.Kind.LEVEL, Stage.READY, "5d4f"), topology);
        book.on(edge("x.edge", 1, 3, Stage.VOLUME, "5d4f"), topology);
        book.on(sample("y", 2, 5, false, Sample.Kind.LEVEL, Stage.READY, "77b9"), topology);

        assertThat(state("x.edge")).isEqualTo(State.PENDING);
    }

    @Test
    void aKillForMemoryStaysUntilItsWindowEndsWhateverIsReadyMeanwhile() {
        alive(1);
        book.on(edge("container.oom_killed", 1, 0, Stage.LIVE, "5d4f"), topology);
        book.on(
                sample("pod.not_ready.some", 1, 5, false, Sample.Kind.LEVEL, Stage.READY, "5d4f"),
                topology);

        assertThat(state("container.oom_killed")).isEqualTo(State.ACTIVE);
        var told = book.advance(T0.plusSeconds(900), topology);
        assertThat(told).extracting(SymptomChange::reason).containsExactly(Reason.TIME_PASSED);
    }

    @Test
    void theSameKillToldTwiceIsOneKill() {
        alive(1);
        book.on(edge("container.exited_with_error", 1, 0, Stage.START, ""), topology);
        book.on(edge("container.exited_with_error", 1, 0, Stage.START, ""), topology);

        assertThat(state("container.exited_with_error")).isEqualTo(State.PENDING);
    }

    @Test
    void whatComesAndGoesIsFlappingUntilItRests() {
        alive(1);
        for (var round = 0; round < 12; round++) {
            book.on(level("x.level", 1, 40 + round * 20L, true), topology);
            if (round == 0) {
                book.advance(T0.plusSeconds(75), topology);
            }
            book.on(level("x.level", 1, 50 + round * 20L + (round == 0 ? 30 : 0), false), topology);
        }
        assertThat(state("x.level")).isEqualTo(State.FLAPPING);

        book.advance(T0.plusSeconds(3_000), topology);
        assertThat(book.find(new SymptomKey("x.level", CHECKOUT)).map(Symptom::isLive))
                .isNotEqualTo(java.util.Optional.of(true));
    }

    @Test
    void whatLastsForTwoHoursBecomesAmbientUnlessAnIncidentHoldsIt() {
        alive(1);
        book.pin(new SymptomKey("x.held", CHECKOUT));
        book.on(level("x.level", 1, 0, true), topology);
        book.on(level("x.held", 1, 0, true), topology);
        book.advance(T0.plusSeconds(7_260), topology);

        assertThat(state("x.level")).isEqualTo(State.AMBIENT);
        assertThat(state("x.held")).isEqualTo(State.ACTIVE);
        assertThat(book.live()).extracting(Symptom::key).hasSize(1);
    }

    @Test
    void aFullBookRefusesAndCountsWhatItHasNoRoomFor() {
        var small = new SymptomBook(new SymptomDefaults.Limits(3, 2, 3));
        for (var number = 0; number < 3; number++) {
            small.on(level("x" + number, 1, 0, true), topology);
        }
        assertThat(small.refused()).isZero();
        assertThat(small.all()).hasSize(3);

        small.on(level("x3", 1, 1, true), topology);
        assertThat(small.refused()).isEqualTo(1);
        assertThat(small.all()).hasSize(3);
    }

    @Test
    void instancesAndEvidenceStopAtTheirLimit() {
        alive(1, 2, 3);
        var small = new SymptomBook(new SymptomDefaults.Limits(3, 2, 3));
        for (var pod = 1; pod <= 3; pod++) {
            small.on(level("x", pod, pod, true), topology);
        }

        assertThat(small.all()).singleElement().extracting(Symptom::bad).isEqualTo(2);
    }

    @Test
    void aSymptomKeepsEightPiecesOfEvidenceTheFirstAndTheNewest() {
        alive(1);
        for (var number = 0; number < 20; number++) {
            var evidence =
                    new Evidence(
                            "e" + number,
                            pod(1),
                            T0,
                            Evidence.Origin.EVENT,
                            "seen",
                            "words " + number);
            var key = new SymptomKey("x.level", CHECKOUT);
            book.on(
                    new Sample(
                            key,
                            pod(1),
                            T0.plusSeconds(number),
                            true,
                            Sample.Kind.LEVEL,
                            Stage.NONE,
                            "",
                            List.of(evidence)),
                    topology);
        }

        assertThat(book.all().getFirst().evidence())
                .extracting(Evidence::id)
                .containsExactly("e0", "e1", "e2", "e15", "e16", "e17", "e18", "e19");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neitherRestartsNorTheStepsOfTimeChangeTheOutcome(long seed) {
        alive(1, 2, 3);
        var plain = new SymptomBook();
        var restless = new SymptomBook();
        var told = new ArrayList<SymptomChange>();
        var heard = new ArrayList<SymptomChange>();
        var random = new Random(seed);
        var second = 0L;
        for (var round = 0; round < 400; round++) {
            var step = random.nextInt(25);
            var sample = random(random, second + step);
            for (var tick = second; tick <= second + step; tick++) {
                heard.addAll(restless.advance(T0.plusSeconds(tick), topology));
            }
            second += step;
            told.addAll(plain.on(sample, topology));
            heard.addAll(restless.on(sample, topology));
            restless = SymptomBook.restore(restless.snapshot());
        }

        assertThat(heard).isEqualTo(told);
        assertThat(restless.snapshot()).isEqualTo(plain.snapshot());
    }

    private static Sample random(Random random, long second) {
        var pod = 1 + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0 -> edge("container.oom_killed", pod, second, Stage.LIVE, "5d4f");
            case 1 -> edge("probe.readiness_failed", pod, second, Stage.READY, "5d4f");
            case 2 -> edge("log.call_timeout", pod, second, Stage.NONE, "");
            case 3 -> level("container.crash_looping", pod, second, random.nextBoolean());
            default -> level("pod.not_ready.some", pod, second, random.nextInt(3) == 0);
        };
    }
}
