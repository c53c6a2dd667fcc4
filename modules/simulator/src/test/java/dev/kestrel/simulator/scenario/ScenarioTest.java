package dev.kestrel.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.simulator.Lab;
import dev.kestrel.simulator.node.LogFile;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.Scenario.Expected;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every scenario breaks what it says, stays broken, and is whole again once it is mended. */
final class ScenarioTest {
    /** Each fault once: those that are made of others break what the others break. */
    static Stream<Scenario> incidents() {
        return Scenarios.all().stream()
                .filter(s -> s.expected() instanceof Expected.Incidents)
                .filter(s -> s.faults().equals(List.of(s.name())));
    }

    static Stream<Scenario> churn() {
        return Scenarios.all().stream().filter(s -> s.expected() instanceof Expected.Healthy);
    }

    private static ScenarioRun prepared(Scenario scenario) {
        return ScenarioRun.prepare(scenario, Timings.KUBERNETES, Lab.START, 1);
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void aFaultBreaksTheClusterUntilItsCauseIsMended(Scenario scenario) {
        var run = prepared(scenario);
        run.cluster().advance(Duration.ofSeconds(30));
        assertThat(run.isMended()).as("whole before the fault").isTrue();
        var incidents = (Expected.Incidents) scenario.expected();
        run.advance(incidents.within());
        assertThat(run.isMended()).as("broken by the fault").isFalse();
        Remedies.apply(run.cluster(), scenario.name());
        run.advance(Duration.ofSeconds(150));
        assertThat(run.isMended()).as("mended by the remedy").isTrue();
    }

    @ParameterizedTest
    @MethodSource("churn")
    void nobodyNoticesHealthyChurn(Scenario scenario) {
        var run = prepared(scenario);
        var healthy = (Expected.Healthy) scenario.expected();
        run.advance(healthy.lasts());
        assertThat(restarts(run)).isEmpty();
        assertThat(lines(run, "traffic")).noneMatch(line -> line.text().contains("ERROR"));
        assertThat(run.isMended()).isTrue();
    }

    private static List<String> restarts(ScenarioRun run) {
        return Lab.pods(run.cluster()).stream()
                .filter(
                        pod ->
                                pod.at("status", "containerStatuses").at("/0/restartCount").asInt()
                                        > 0)
                .map(KubeObject::name)
                .toList();
    }

    /** What a deployment's only pod logged since the scenario began; the base settles before. */
    private static List<LogFile.Line> lines(ScenarioRun run, String app) {
        return run.cluster()
                .inside(
                        inside ->
                                inside.store().list(ResourceTypes.POD).stream()
                                        .filter(pod -> app.equals(pod.labels().get("app")))
                                        .flatMap(
                                                pod ->
                                                        inside
                                                                .kubelets()
                                                                .log(pod, app, false)
                                                                .stream())
                                        .flatMap(log -> log.from(0).stream())
                                        .filter(
                                                line ->
                                                        line.at()
                                                                .isAfter(
                                                                        Lab.START.plus(
                                                                                ScenarioRun
                                                                                        .SETTLING)))
                                        .toList());
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var scenario = Scenarios.named("memory-limit-lowered").orElseThrow();
        assertThat(history(scenario, 5)).isEqualTo(history(scenario, 5));
        assertThat(history(scenario, 5)).isNotEqualTo(history(scenario, 6));
    }

    private static List<String> history(Scenario scenario, long seed) {
        var run = ScenarioRun.prepare(scenario, Timings.KUBERNETES, Lab.START, seed);
        run.advance(Duration.ofSeconds(90));
        return run.cluster()
                .inside(
                        inside ->
                                ResourceTypes.ALL.stream()
                                        .flatMap(
                                                type ->
                                                        inside
                                                                .store()
                                                                .since(
                                                                        type,
                                                                        inside.store().compacted())
                                                                .stream())
                                        .map(
                                                change ->
                                                        change.revision()
                                                                + " "
                                                                + change.kind()
                                                                + " "
                                                                + change.object().tree())
                                        .toList());
    }

    @Test
    void everyScenarioIsListedAndTellsAStory() {
        assertThat(Scenarios.all())
                .hasSizeGreaterThanOrEqualTo(15)
                .allSatisfy(s -> assertThat(s.steps()).isNotEmpty());
        assertThat(Scenarios.named("no-such")).isEmpty();
        assertThat(churn()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void everyMechanismThatIsShownIsAlsoShownBesideAnother() {
        var together = mechanisms(s -> s.faults().size() > 1);
        assertThat(mechanisms(s -> s.faults().size() == 1)).isSubsetOf(together);
    }

    private static Set<String> mechanisms(Predicate<Scenario> which) {
        return Scenarios.all().stream()
                .filter(which)
                .map(Scenario::expected)
                .filter(Expected.Incidents.class::isInstance)
                .flatMap(expected -> ((Expected.Incidents) expected).each().stream())
                .map(Expected.Incident::mechanism)
                .collect(Collectors.toSet());
    }
}
