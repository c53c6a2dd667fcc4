package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.kestrel.bus.Topic;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.Detectors;
import dev.kestrel.domain.rca.analysis.Analyzer;
import dev.kestrel.domain.rca.analysis.Analyzers;
import dev.kestrel.domain.remediation.Fix;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.knowledge.Knowledge;
import dev.kestrel.knowledge.KnowledgeReader;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That whatever is declared is listed, known to the knowledge, and shown by a scenario. */
class DeclarationsTest {
    private static final Knowledge KNOWLEDGE =
            KnowledgeReader.read(Repository.ROOT.resolve("conf/knowledge"));

    @Test
    void everyDetectorIsListed() {
        assertThat(declaredIn("dev.kestrel.domain.detection", Detector.class))
                .containsExactlyInAnyOrderElementsOf(Detectors.ALL);
    }

    @Test
    void aDetectorThatIsNotListedIsSeen() {
        assertThat(declaredIn("dev.kestrel.quality", Detector.class))
                .containsExactly(Forgotten.DETECTOR);
    }

    @Test
    void everyFixAndAnalyzerIsListed() {
        assertThat(implementations("dev.kestrel.domain.remediation", Fix.class))
                .isEqualTo(names(Fixes.ALL));
        assertThat(implementations("dev.kestrel.domain.rca.analysis", Analyzer.class))
                .isEqualTo(names(Analyzers.ALL));
    }

    @Test
    void everyTopicIsListed() {
        assertThat(constants(Topics.class, Topic.class).toList())
                .containsExactlyInAnyOrderElementsOf(Topics.ALL);
    }

    @Test
    void idsAreUniqueAndSpelledAlike() {
        assertThat(Detectors.ALL.stream().map(Detector::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(Fixes.ALL.stream().map(Fix::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("fix(\\.[a-z_]+)+"));
        assertThat(Analyzers.ALL.stream().map(Analyzer::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z_]+"));
        assertThat(Topics.ALL.stream().map(Topic::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+\\.[a-z]+"));
    }

    @Test
    void everySymptomADetectorRaisesIsAStateOfTheKnowledge() {
        assertThat(KNOWLEDGE.sound().states().keySet()).containsAll(raised());
    }

    @Test
    void everySymptomIsShownByAScenario() {
        var scenarios =
                Repository.files(".txt")
                        .filter(file -> file.toString().contains("/scenarios/detection/"))
                        .map(Repository::read)
                        .collect(Collectors.joining());
        assertThat(raised()).allSatisfy(type -> assertThat(scenarios).contains(type + "@"));
    }

    @Test
    void theKnowledgeAndTheCodeHaveTheSameFixesAndAnalyzers() {
        var model = KNOWLEDGE.sound();
        assertThat(model.fixes().keySet())
                .isEqualTo(Fixes.ALL.stream().map(Fix::id).collect(Collectors.toSet()));
        assertThat(
                        model.mechanisms().values().stream()
                                .map(mechanism -> mechanism.analyzer())
                                .filter(id -> !id.isEmpty())
                                .collect(Collectors.toSet()))
                .isEqualTo(Analyzers.ALL.stream().map(Analyzer::id).collect(Collectors.toSet()));
    }

    private static Set<String> raised() {
        return Detectors.ALL.stream()
                .flatMap(detector -> detector.raises().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> List<T> declaredIn(String folder, Class<T> type) {
        return new ClassFileImporter()
                .importPackages(folder).stream()
                        .map(JavaClass::reflect)
                        .flatMap(holder -> constants(holder, type))
                        .distinct()
                        .toList();
    }

    private static Set<String> implementations(String folder, Class<?> type) {
        return new ClassFileImporter()
                .importPackages(folder).stream()
                        .filter(found -> found.isAssignableTo(type))
                        .filter(found -> !found.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(List<?> listed) {
        return listed.stream()
                .map(one -> one.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> Stream<T> constants(Class<?> holder, Class<T> type) {
        return Arrays.stream(holder.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> type.isAssignableFrom(field.getType()))
                .map(DeclarationsTest::valueOf)
                .map(type::cast);
    }

    private static Object valueOf(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A detector that nobody listed. */
    static final class Forgotten {
        static final Detector DETECTOR = Detectors.ALL.getFirst();
    }
}
