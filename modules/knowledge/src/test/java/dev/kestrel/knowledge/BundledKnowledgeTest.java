package dev.kestrel.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.knowledge.lint.Lint;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class BundledKnowledgeTest {
    @Test
    void thePacksThatComeAlongHaveNothingToComplainAbout() {
        var report = Lint.of(KnowledgeReader.bundled());

        assertThat(report.complaints()).as(report.text()).isEmpty();
    }

    @Test
    void theFolderAndTheClasspathHoldTheSameKnowledge() {
        var folder = Path.of(System.getProperty("kestrel.root", "."), "conf", "knowledge");

        assertThat(KnowledgeReader.read(folder).isSameAs(KnowledgeReader.bundled())).isTrue();
    }

    @Test
    void theFiveKindsOfTheFirstReleaseAreAllThereWithAnAnalyzerAndAFix() {
        var model = KnowledgeReader.bundled().sound();

        assertThat(model.mechanisms())
                .containsKeys(
                        "memory.limit_exceeded",
                        "image.not_found",
                        "scheduling.insufficient_resources",
                        "service.selector_matches_nothing",
                        "dns.coredns_down",
                        "visibility.lost");
        assertThat(model.mechanisms().values())
                .filteredOn(mechanism -> !mechanism.fixes().isEmpty())
                .allSatisfy(
                        mechanism ->
                                assertThat(model.fixes().keySet()).containsAll(mechanism.fixes()));
    }
}
