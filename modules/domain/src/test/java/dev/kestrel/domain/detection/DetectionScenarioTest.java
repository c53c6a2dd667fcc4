package dev.kestrel.domain.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.scenario.Golden;
import dev.kestrel.domain.scenario.Offset;
import dev.kestrel.domain.scenario.Scenario;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomChange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every timeline of a cluster gives the symptoms that stand under its bar, and no others. */
class DetectionScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios/detection");

    static Stream<Path> scenarios() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aTimelineGivesTheSymptomsUnderItsBar(Path file) throws IOException {
        Golden.check(file, lines(played(file)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aRestartAtAnyMomentChangesNothing(Path file) throws IOException {
        var moments = Scenario.read(file).moments();
        var restarting = new Observer();
        for (var moment : moments) {
            restarting.play(moment);
            restarting.restart();
        }

        assertThat(lines(restarting.told)).isEqualTo(lines(played(file)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void howOftenTimeIsToldChangesNothing(Path file) throws IOException {
        var moments = Scenario.read(file).moments();
        var patient = new Observer();
        var now = moments.getFirst().at();
        for (var moment : moments) {
            for (; now.isBefore(moment.at()); now = now.plusSeconds(1)) {
                patient.advance(now);
            }
            patient.play(moment);
        }

        assertThat(lines(patient.told)).isEqualTo(lines(played(file)));
    }

    @Test
    void everyDetectorActivatesAndStaysSilentInAScenario() throws IOException {
        var raised = new TreeSet<String>();
        for (var file : scenarios().toList()) {
            for (var change : played(file)) {
                if (change.symptom().state() == Symptom.State.ACTIVE) {
                    raised.add(change.symptom().key().type());
                }
            }
        }

        assertThat(raised)
                .containsAll(
                        Detectors.ALL.stream()
                                .flatMap(detector -> detector.raises().stream())
                                .toList());
    }

    @Test
    void detectorsHaveIdsOfTheirOwn() {
        assertThat(Detectors.ALL.stream().map(Detector::id)).doesNotHaveDuplicates();
    }

    private static List<SymptomChange> played(Path file) throws IOException {
        var observer = new Observer();
        observer.play(Scenario.read(file).moments());
        return observer.told;
    }

    private static List<String> lines(List<SymptomChange> told) {
        return told.stream().flatMap(DetectionScenarioTest::lines).toList();
    }

    private static Stream<String> lines(SymptomChange change) {
        var symptom = change.symptom();
        var line =
                "%-8s %-9s %s %d/%d, %s"
                        .formatted(
                                Offset.write(change.at()),
                                symptom.state(),
                                symptom.key(),
                                symptom.bad(),
                                symptom.all(),
                                change.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return symptom.state() != Symptom.State.ACTIVE
                ? Stream.of(line)
                : Stream.concat(
                        Stream.of(line),
                        symptom.evidence().stream()
                                .limit(2)
                                .map(
                                        evidence ->
                                                "         | %s: %s"
                                                        .formatted(
                                                                evidence.summary(),
                                                                evidence.excerpt())));
    }
}
