package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import dev.kestrel.domain.Offender;
import dev.kestrel.domain.circle.Here;
import dev.kestrel.domain.round.There;
import dev.kestrel.engine.Meddler;
import dev.kestrel.gateway.impl.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * That the rules of {@link ArchitectureTest} are there at all, and that each sees an offence: a
 * runner once ran none of them and stayed green.
 */
class ArchitectureRulesTest {
    static Stream<Arguments> offences() {
        return Stream.of(
                argumentSet("framework", ArchitectureTest.domainKnowsOnlyTheJdk, Offender.class),
                argumentSet(
                        "file", ArchitectureTest.domainTouchesNoFileAndNoNetwork, Offender.class),
                argumentSet("log", ArchitectureTest.theDomainDoesNotLog, Offender.class),
                argumentSet("clock", ArchitectureTest.timeIsInjected, Offender.class),
                argumentSet("dice", ArchitectureTest.chanceIsInjected, Offender.class),
                argumentSet("address", ArchitectureTest.onlyTheBusSpellsAddresses, Offender.class),
                argumentSet(
                        "metric",
                        ArchitectureTest.metricsAreNamedInTheirRegistries,
                        Offender.class),
                argumentSet(
                        "verticle",
                        ArchitectureTest.verticlesAreNamedSoAndFinal,
                        Offender.Worker.class),
                argumentSet("field", ArchitectureTest.absenceIsNoPartOfAValue, Offender.class),
                argumentSet("parameter", ArchitectureTest.absenceIsNoParameter, Offender.class),
                argumentSet("wire", ArchitectureTest.generatedTypesStopAtTheEdges, Offender.class),
                argumentSet("package", ArchitectureTest.packagesAreNamedByFeature, Visitor.class),
                argumentSet("ports", ArchitectureTest.engineReceivesItsPorts, Meddler.class),
                argumentSet("store", ArchitectureTest.onlyTheRootsBuildTheStore, Meddler.class),
                argumentSet("roots", ArchitectureTest.nobodyKnowsTheRoots, Meddler.class),
                argumentSet(
                        "operator",
                        ArchitectureTest.operatorSharesOnlyDomainAndProtocol,
                        dev.kestrel.operator.Meddler.class),
                argumentSet(
                        "simulator",
                        ArchitectureTest.simulatorKnowsNothingOfKestrel,
                        dev.kestrel.simulator.Meddler.class));
    }

    @ParameterizedTest
    @MethodSource("offences")
    void anOffenceIsSeen(ArchRule rule, Class<?> offender) {
        assertThat(offends(rule, offender)).isTrue();
    }

    @Test
    void neighboursThatTalkAreSeen() {
        assertThat(
                        offends(
                                ArchitectureTest.gatewayEngineAndApiMeetOnlyInTheBus,
                                Meddler.class,
                                Visitor.class))
                .isTrue();
    }

    @Test
    void aCycleIsSeen() {
        assertThat(
                        offends(
                                ArchitectureTest.featuresOfTheDomainHaveNoCycles,
                                Here.class,
                                There.class))
                .isTrue();
    }

    @Test
    void everyRuleIsOneOfThose() {
        var rules =
                Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                        .filter(field -> field.isAnnotationPresent(ArchTest.class))
                        .toList();
        assertThat(rules).hasSize(offences().toList().size() + 2);
    }

    private static boolean offends(ArchRule rule, Class<?>... offenders) {
        return rule.evaluate(new ClassFileImporter().importClasses(List.of(offenders)))
                .hasViolation();
    }
}
