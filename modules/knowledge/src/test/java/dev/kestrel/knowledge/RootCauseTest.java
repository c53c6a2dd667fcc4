package dev.kestrel.knowledge;

import static dev.kestrel.knowledge.Shop.at;
import static dev.kestrel.knowledge.Shop.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.rca.Hop;
import dev.kestrel.domain.rca.Hypothesis;
import dev.kestrel.domain.rca.Parameters;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.visibility.Visibility;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

class RootCauseTest {
    private static final String DNS = "Deployment/kube-system/coredns";
    private static final List<Symptom> DNS_DOWN =
            List.of(
                    symptom("workload.scaled_to_zero@Deployment/kube-system/coredns", 0),
                    symptom("service.no_endpoints@Service/kube-system/kube-dns", 2),
                    symptom("log.call_timeout@Deployment/shop/frontend", 40),
                    symptom("log.call_timeout@Deployment/shop/checkout", 41),
                    symptom("probe.readiness_failed@Deployment/shop/checkout", 60),
                    symptom("pod.not_ready.all@Deployment/shop/checkout", 61),
                    symptom("service.no_endpoints@Service/shop/checkout", 62));

    private final Shop shop = new Shop();

    private static Visibility seeing(String... sources) {
        var visibility = new Visibility();
        visibility.connection(true, at(-3600));
        for (var source : sources) {
            visibility.on(
                    new Signal(
                            at(0),
                            new Observation.SourceReported(
                                    source, Observation.SourceState.LIVE, Duration.ZERO, "")));
        }
        return visibility;
    }

    private static Visibility seeingAll() {
        return seeing(
                "watch/Pod",
                "watch/Node",
                "watch/Deployment",
                "watch/Service",
                "watch/EndpointSlice",
                "watch/Event",
                "logs");
    }

    private Diagnosis diagnose(List<Symptom> symptoms, Visibility visibility) {
        return diagnose(symptoms, visibility, 300);
    }

    private Diagnosis diagnose(List<Symptom> symptoms, Visibility visibility, int second) {
        return new RootCause()
                .diagnose(symptoms, shop.topology(), visibility, Shop.MODEL, at(second));
    }

    private Shop withoutDns() {
        return shop.change(0, DNS, "{spec: {replicas: 0}, pods: 0}");
    }

    @Test
    void theChainLeadsFromDnsThroughTheLatentStateToTheCallersService() {
        withoutDns();
        var best = diagnose(DNS_DOWN, seeingAll()).hypotheses().getFirst();

        assertThat(best.causes().toString()).isEqualTo("[dns.coredns_down@" + DNS + "]");
        assertThat(best.status()).isEqualTo(Hypothesis.Status.VERIFIED);
        assertThat(best.explained()).isEqualTo(1);
        assertThat(best.chain()).extracting(Hop::status).doesNotContain(Hop.Status.BROKEN);
        assertThat(best.chain())
                .anySatisfy(
                        hop -> {
                            assertThat(hop.toState()).isEqualTo("dns.resolution_failing");
                            assertThat(hop.status()).isEqualTo(Hop.Status.INFERRED);
                            assertThat(hop.relation()).isEqualTo("RESOLVES_VIA");
                        })
                .anySatisfy(
                        hop -> {
                            assertThat(hop.to()).hasToString("Service/shop/checkout");
                            assertThat(hop.status()).isEqualTo(Hop.Status.OBSERVED);
                        });
    }

    @Test
    void everyHypothesisThatLostSaysWhy() {
        withoutDns();
        var hypotheses = diagnose(DNS_DOWN, seeingAll()).hypotheses();

        assertThat(hypotheses).hasSize(5);
        assertThat(hypotheses.getFirst().lostBecause()).isEmpty();
        assertThat(hypotheses.subList(1, 5))
                .allSatisfy(h -> assertThat(h.lostBecause()).isNotBlank());
    }

    @Test
    void everyEvidenceThatIsReferredToIsHandedOver() {
        withoutDns();
        var inference =
                new RootCause()
                        .infer(
                                DNS_DOWN,
                                List.of(),
                                shop.topology(),
                                seeingAll(),
                                Shop.MODEL,
                                at(300));
        var known = inference.evidence().stream().map(Evidence::id).collect(Collectors.toSet());
        DNS_DOWN.forEach(s -> s.evidence().forEach(e -> known.add(e.id())));

        for (var hypothesis : inference.diagnosis().hypotheses()) {
            hypothesis.support().forEach(s -> assertThat(known).containsAll(s.evidence()));
            hypothesis.chain().forEach(hop -> assertThat(known).containsAll(hop.evidence()));
        }
    }

    @Test
    void theOrderOfTheSymptomsDoesNotMatter() {
        withoutDns();
        var expected = diagnose(DNS_DOWN, seeingAll());
        var chance = new Random(20260102);
        for (int i = 0; i < 20; i++) {
            var shuffled = new ArrayList<>(DNS_DOWN);
            Collections.shuffle(shuffled, chance);
            assertThat(diagnose(shuffled, seeingAll())).isEqualTo(expected);
        }
    }

    @Test
    void whatCannotBeSeenDoesNotSpeakAgainstACause() {
        var callers =
                List.of(
                        symptom("log.dns_failure@Deployment/shop/frontend", 0),
                        symptom("log.dns_failure@Deployment/shop/checkout", 0));
        var denied = "image.access_denied";
        var watching = seeing("watch/EndpointSlice");

        var blind = probability(diagnose(callers, seeing(), 7200), denied);
        assertThat(probability(diagnose(callers, watching, 7200), denied)).isLessThan(blind * 0.9);
        // Too early to be seen is not absent either.
        assertThat(probability(diagnose(callers, watching, 60), denied)).isEqualTo(blind);
    }

    private static double probability(Diagnosis diagnosis, String mechanism) {
        return diagnosis.hypotheses().stream()
                .filter(h -> h.causes().size() == 1)
                .filter(h -> h.causes().getFirst().mechanism().equals(mechanism))
                .mapToDouble(Hypothesis::probability)
                .sum();
    }

    @Test
    void withoutKnowledgeTheCauseIsUnknown() {
        var diagnosis =
                new RootCause()
                        .diagnose(
                                DNS_DOWN, shop.topology(), seeingAll(), CausalModel.EMPTY, at(300));

        assertThat(diagnosis.verdict()).isEqualTo(Diagnosis.Verdict.UNKNOWN_CAUSE);
        assertThat(diagnosis.hypotheses().getFirst().causes().getFirst().mechanism())
                .isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void aMechanismThatTheKnowledgeLacksIsNotReplacedByAnother() {
        withoutDns();
        var without =
                new CausalModel(
                        "less",
                        Shop.MODEL.mechanisms().values().stream()
                                .filter(m -> !m.id().equals("dns.coredns_down"))
                                .toList(),
                        List.copyOf(Shop.MODEL.states().values()),
                        Shop.MODEL.effects().stream()
                                .filter(e -> !e.from().equals("dns.coredns_down"))
                                .toList(),
                        List.of(),
                        List.of());
        var diagnosis =
                new RootCause().diagnose(DNS_DOWN, shop.topology(), seeingAll(), without, at(300));

        assertThat(diagnosis.verdict()).isNotEqualTo(Diagnosis.Verdict.ROOT_CAUSE);
    }

    @Test
    void withoutSymptomsThereIsNothingToSay() {
        assertThat(diagnose(List.of(), seeingAll()).verdict())
                .isEqualTo(Diagnosis.Verdict.UNKNOWN_CAUSE);
    }

    @Test
    void confidenceStaysBelowNineTenthsWhileTheClusterIsNotCalibrated() {
        withoutDns();
        var diagnosis = diagnose(DNS_DOWN, seeingAll());

        assertThat(diagnosis.calibrated()).isFalse();
        assertThat(diagnosis.hypotheses())
                .allSatisfy(h -> assertThat(h.probability()).isLessThanOrEqualTo(0.9));
    }

    @Test
    void whenTheWorkIsUsedUpPairsAreLeftOutAndCounted() {
        withoutDns();
        var limits = new Parameters.Limits(1_000, 64, 16, 12, 8, 16, 200, 10, 5, 1);
        var defaults = Parameters.DEFAULTS;
        var frugal =
                new Parameters(
                        defaults.alpha(),
                        defaults.rho(),
                        defaults.unknownShare(),
                        defaults.unknownWeight(),
                        defaults.noneShare(),
                        defaults.secondFault(),
                        defaults.tau(),
                        defaults.changeCap(),
                        defaults.skew(),
                        defaults.thresholds(),
                        limits);
        var inference =
                new RootCause(frugal)
                        .infer(
                                DNS_DOWN,
                                List.of(),
                                shop.topology(),
                                seeingAll(),
                                Shop.MODEL,
                                at(300));

        assertThat(inference.effort().hypothesesCut()).isPositive();
        assertThat(inference.diagnosis().hypotheses().getFirst().causes().toString())
                .contains("dns.coredns_down");
    }

    @Test
    void anEffectLongBeforeItsCauseBreaksTheChain() {
        var killed = symptom("container.oom_killed@Deployment/shop/checkout", 0);
        var earlier = symptom("container.crash_looping@Deployment/shop/checkout", -3600);
        var best = diagnose(List.of(killed, earlier), seeingAll()).hypotheses();

        assertThat(best)
                .filteredOn(h -> h.causes().toString().contains("memory.limit_exceeded"))
                .first()
                .satisfies(
                        h -> {
                            assertThat(h.chain())
                                    .extracting(Hop::status)
                                    .contains(Hop.Status.BROKEN);
                            assertThat(h.status()).isNotEqualTo(Hypothesis.Status.VERIFIED);
                        });
    }
}
