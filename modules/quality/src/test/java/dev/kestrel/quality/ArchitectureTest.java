package dev.kestrel.quality;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Who may know whom. The modules keep most of it by a missing jar; this keeps the rest. */
@AnalyzeClasses(packages = "dev.kestrel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainKnowsOnlyTheJdk =
            classes()
                    .that()
                    .resideInAPackage("dev.kestrel.domain..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("dev.kestrel.domain..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule domainTouchesNoFileAndNoNetwork =
            noClasses()
                    .that()
                    .resideInAPackage("dev.kestrel.domain..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..");

    @ArchTest
    static final ArchRule gatewayEngineAndApiMeetOnlyInTheBus =
            slices().matching("dev.kestrel.(gateway|engine|api)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule engineReceivesItsPorts =
            noClasses()
                    .that()
                    .resideInAPackage("dev.kestrel.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.kestrel.knowledge..",
                            "dev.kestrel.store..",
                            "dev.kestrel.protocol..");

    @ArchTest
    static final ArchRule onlyTheRootsBuildTheStore =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.kestrel.store..", "dev.kestrel.server..", "dev.kestrel.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.kestrel.store..");

    @ArchTest
    static final ArchRule nobodyKnowsTheRoots =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.kestrel.server..", "dev.kestrel.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.kestrel.server..", "dev.kestrel.cli..");

    @ArchTest
    static final ArchRule operatorSharesOnlyDomainAndProtocol =
            noClasses()
                    .that()
                    .resideInAPackage("dev.kestrel.operator..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.kestrel.bus..",
                            "dev.kestrel.gateway..",
                            "dev.kestrel.engine..",
                            "dev.kestrel.api..",
                            "dev.kestrel.store..",
                            "dev.kestrel.server..",
                            "dev.kestrel.knowledge..");

    @ArchTest
    static final ArchRule simulatorKnowsNothingOfKestrel =
            noClasses()
                    .that()
                    .resideInAPackage("dev.kestrel.simulator..")
                    .should()
                    .dependOnClassesThat(
                            describe(
                                    "other parts of Kestrel",
                                    type ->
                                            type.getPackageName().startsWith("dev.kestrel.")
                                                    && !type.getPackageName()
                                                            .startsWith("dev.kestrel.simulator")));

    /** The commands are there because {@code bench} speaks to the gateway as an operator does. */
    @ArchTest
    static final ArchRule generatedTypesStopAtTheEdges =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.kestrel.protocol..",
                            "dev.kestrel.gateway..",
                            "dev.kestrel.operator..",
                            "dev.kestrel.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.kestrel.protocol.wire..");

    @ArchTest
    static final ArchRule featuresOfTheDomainHaveNoCycles =
            slices().matching("dev.kestrel.domain.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesAreNamedByFeature =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..util..",
                            "..utils..",
                            "..common..",
                            "..helper..",
                            "..base..",
                            "..impl..",
                            "..model..",
                            "..dto..");

    /** The roots hand it in: server, commands, and the operator's own main class. */
    @ArchTest
    static final ArchRule timeIsInjected =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.kestrel.server..", "dev.kestrel.cli..")
                    .and()
                    .doNotHaveFullyQualifiedName("dev.kestrel.operator.Operator")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(Clock.class, "systemDefaultZone")
                    .orShould()
                    .callMethod(InstantSource.class, "system")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule chanceIsInjected =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.kestrel.server..", "dev.kestrel.cli..")
                    .should()
                    .callConstructor(Random.class)
                    .orShould()
                    .callMethod(ThreadLocalRandom.class, "current")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule onlyTheBusSpellsAddresses =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.kestrel.bus..")
                    .should()
                    .callMethodWhere(
                            JavaAccess.Predicates.targetOwner(
                                    describe(
                                            "the raw event bus",
                                            owner -> owner.isAssignableTo(EventBus.class))));

    @ArchTest
    static final ArchRule metricsAreNamedInTheirRegistries =
            noClasses()
                    .that(describe("are no registry of metrics", type -> !isMetrics(type)))
                    .should()
                    .callMethodWhere(
                            describe(
                                    "that makes a meter",
                                    call -> makesMeter(call.getTargetOwner(), call.getName())));

    @ArchTest
    static final ArchRule verticlesAreNamedSoAndFinal =
            classes()
                    .that()
                    .areAssignableTo(VerticleBase.class)
                    .should()
                    .haveSimpleNameEndingWith("Verticle")
                    .andShould()
                    .haveModifier(JavaModifier.FINAL);

    /**
     * A value says what it has. A shell may keep what comes and goes, such as the stream that is
     * open now, in a field that changes: the other way would be a null.
     */
    @ArchTest
    static final ArchRule absenceIsNoPartOfAValue =
            fields().that()
                    .areFinal()
                    .or()
                    .areDeclaredInClassesThat()
                    .resideInAPackage("dev.kestrel.domain..")
                    .should()
                    .notHaveRawType(Optional.class);

    /** Of what others call; a private step may be handed the answer to a search as it came. */
    @ArchTest
    static final ArchRule absenceIsNoParameter =
            noCodeUnits()
                    .that()
                    .arePublic()
                    .and()
                    .doNotHaveModifier(JavaModifier.SYNTHETIC)
                    .should()
                    .haveRawParameterTypes(
                            describe(
                                    "with an Optional",
                                    types ->
                                            types.stream()
                                                    .anyMatch(
                                                            t ->
                                                                    t.isEquivalentTo(
                                                                            Optional.class))));

    @ArchTest
    static final ArchRule theDomainDoesNotLog =
            noClasses()
                    .that()
                    .resideInAPackage("dev.kestrel.domain..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.slf4j..", "java.util.logging..");

    private static boolean isMetrics(JavaClass type) {
        return type.getSimpleName().endsWith("Metrics")
                || type.getEnclosingClass().filter(ArchitectureTest::isMetrics).isPresent();
    }

    private static boolean makesMeter(JavaClass owner, String method) {
        return (owner.isAssignableTo(Meter.class) && method.equals("builder"))
                || (owner.isAssignableTo(MeterRegistry.class)
                        && method.matches("counter|timer|gauge|summary|more"));
    }
}
