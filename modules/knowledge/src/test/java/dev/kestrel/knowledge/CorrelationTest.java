package dev.kestrel.knowledge;

import static dev.kestrel.knowledge.Shop.active;
import static dev.kestrel.knowledge.Shop.at;
import static dev.kestrel.knowledge.Shop.cleared;
import static dev.kestrel.knowledge.Shop.key;
import static dev.kestrel.knowledge.Shop.voided;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.incident.CorrelationBook;
import dev.kestrel.domain.incident.CorrelationEvent;
import dev.kestrel.domain.incident.CorrelationParameters;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.symptom.SymptomChange;
import dev.kestrel.domain.visibility.Visibility;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CorrelationTest {
    private static final String OOM = "container.oom_killed@Deployment/shop/checkout";
    private static final String CRASHING = "container.crash_looping@Deployment/shop/checkout";
    private static final String DNS_EMPTY = "service.no_endpoints@Service/kube-system/kube-dns";
    private static final String DNS_ZERO = "workload.scaled_to_zero@Deployment/kube-system/coredns";

    private final Shop shop = new Shop();
    private final CorrelationBook book =
            new CorrelationBook("acme", CorrelationParameters.DEFAULTS);
    private final List<CorrelationEvent> events = new ArrayList<>();

    private void see(SymptomChange... changes) {
        for (var change : changes) {
            events.addAll(book.advance(change.at()));
            events.addAll(book.on(change, shop.topology(), Shop.MODEL));
        }
    }

    @Test
    void dnsThatIsDownAndItsCallersAreOneIncident() {
        see(
                active(DNS_ZERO, 0),
                active(DNS_EMPTY, 2),
                active("log.call_timeout@Deployment/shop/frontend", 40),
                active("log.call_timeout@Deployment/shop/checkout", 42),
                active("probe.readiness_failed@Deployment/shop/checkout", 60),
                active("pod.not_ready.all@Deployment/shop/checkout", 61),
                active("service.no_endpoints@Service/shop/checkout", 62));

        assertThat(book.open()).containsExactly("acme-1");
        assertThat(book.symptoms("acme-1")).hasSize(7);
    }

    @Test
    void callersThatFailBeforeDnsIsSeenToBeDownAreGatheredLater() {
        see(
                active("pod.not_ready.all@Deployment/shop/frontend", 0),
                active("pod.not_ready.all@Deployment/shop/payments", 3),
                active(DNS_EMPTY, 5),
                active(DNS_ZERO, 5));

        assertThat(book.open()).containsExactly("acme-1");
    }

    @Test
    void unrelatedFaultsAreIncidentsOfTheirOwn() {
        see(
                active(OOM, 0),
                active("pod.not_ready.some@Deployment/shop/checkout", 1),
                active("service.selects_nothing@Service/shop/frontend", 2),
                active("service.no_endpoints@Service/shop/frontend", 3),
                active("image.pull_failed@Deployment/shop/payments", 4),
                active("image.manifest_not_found@Deployment/shop/payments", 5));

        assertThat(book.open()).containsExactly("acme-1", "acme-2", "acme-3");
    }

    @Test
    void aHealthyHubDoesNotGlueItsDependentsTogether() {
        see(
                active("pod.not_ready.some@Deployment/shop/frontend", 0),
                active("image.pull_failed@Deployment/shop/payments", 1));

        assertThat(book.open()).hasSize(2);
    }

    @Test
    void aSymptomThatNobodyFeelsWaitsForCompany() {
        see(active("log.call_failed@Deployment/shop/frontend", 0));
        assertThat(book.open()).isEmpty();

        see(active("log.connection_refused@Deployment/shop/frontend", 5));
        assertThat(book.open()).containsExactly("acme-1");
        assertThat(book.symptoms("acme-1")).hasSize(2);
    }

    @Test
    void whoWaitsTooLongIsForgotten() {
        see(
                active("log.call_failed@Deployment/shop/frontend", 0),
                active("log.connection_refused@Deployment/shop/frontend", 15 * 60));

        assertThat(book.open()).isEmpty();
    }

    @Test
    void anIncidentClosesWhenItStayedEmptyForFiveMinutes() {
        see(active(OOM, 0), cleared(OOM, 60));
        assertThat(events).contains(new CorrelationEvent.Emptied("acme-1", at(60)));
        assertThat(book.nextDue()).contains(at(360));

        assertThat(book.advance(at(359))).isEmpty();
        assertThat(book.advance(at(360)))
                .containsExactly(new CorrelationEvent.Closed("acme-1", at(360)));
    }

    @Test
    void aFlappingIncidentMustStayEmptyForThreeTimesItsGap() {
        see(active(OOM, 0), cleared(OOM, 60), active(OOM, 300), cleared(OOM, 360));

        assertThat(book.nextDue()).contains(at(360 + 3 * 240));
    }

    @Test
    void aClosedIncidentComesBackWithinHalfAnHourAndNotLater() {
        see(active(OOM, 0), cleared(OOM, 60), active(OOM, 360 + 1799));
        assertThat(events).contains(new CorrelationEvent.Reopened("acme-1", key(OOM), at(2159)));

        see(cleared(OOM, 3000), active(OOM, 3000 + 7200 + 1800));
        assertThat(book.open()).containsExactly("acme-2");
    }

    @Test
    void aSymptomThatWasNoneLeavesWithoutATrace() {
        see(active(OOM, 0), active(CRASHING, 1), voided(CRASHING, 2));

        assertThat(book.symptoms("acme-1")).containsExactly(key(OOM));
        assertThat(events)
                .contains(
                        new CorrelationEvent.Detached(
                                "acme-1", key(CRASHING), "level_contradicts", at(2)));
    }

    @Test
    void twoIncidentsWithOneCauseBecomeOneOnceItIsFound() {
        see(
                active("pod.not_ready.some@Deployment/shop/frontend", 0),
                active(DNS_EMPTY, 3),
                active("log.dns_failure@Deployment/shop/frontend", 30));
        var open = book.open();
        var symptoms =
                List.of(
                        Shop.symptom(DNS_ZERO, 3),
                        Shop.symptom(DNS_EMPTY, 3),
                        Shop.symptom("log.dns_failure@Deployment/shop/frontend", 30));
        shop.change(2, "Deployment/kube-system/coredns", "{spec: {replicas: 0}, pods: 0}");
        var diagnosis =
                new RootCause()
                        .diagnose(symptoms, shop.topology(), new Visibility(), Shop.MODEL, at(90));

        book.diagnosed(
                book.incidentOf(key(DNS_EMPTY)).orElseThrow(),
                diagnosis,
                shop.topology(),
                Shop.MODEL,
                at(90));

        assertThat(open).isNotEmpty();
        assertThat(book.open()).hasSize(1);
    }

    @Test
    void twoCausesThatExplainDifferentSymptomsBecomeTwoIncidents() {
        var pulling = "image.pull_failed@Deployment/shop/checkout";
        var missing = "image.manifest_not_found@Deployment/shop/checkout";
        see(
                active("service.selects_nothing@Service/shop/checkout", 0),
                active("service.no_endpoints@Service/shop/checkout", 1),
                active(pulling, 2),
                active(missing, 2));
        assertThat(book.open()).containsExactly("acme-1");

        shop.change(-10, "Service/shop/checkout", "{spec: {selector: {app: other}}}");
        shop.change(
                1,
                "Pod/shop/checkout-1",
                "{status: {containerStatuses: [{name: app, state: {waiting: {reason: ErrImagePull,"
                        + " message: not found}}}]}}");
        var symptoms =
                book.symptoms("acme-1").stream().map(k -> Shop.symptom(k.toString(), 1)).toList();
        var diagnosis =
                new RootCause()
                        .diagnose(symptoms, shop.topology(), new Visibility(), Shop.MODEL, at(90));
        events.addAll(book.diagnosed("acme-1", diagnosis, shop.topology(), Shop.MODEL, at(90)));

        assertThat(diagnosis.hypotheses().getFirst().causes()).hasSize(2);

        assertThat(book.open()).containsExactly("acme-1", "acme-2");
        assertThat(events).anyMatch(event -> event instanceof CorrelationEvent.Split);
    }

    @Test
    void aRestoredBookGoesOnAsIfNothingHappened() {
        see(active(OOM, 0), active("log.call_failed@Deployment/shop/payments", 1));
        var restored = CorrelationBook.restore(book.snapshot(), CorrelationParameters.DEFAULTS);

        for (var change : List.of(active(CRASHING, 20), cleared(OOM, 30), cleared(CRASHING, 40))) {
            assertThat(restored.on(change, shop.topology(), Shop.MODEL))
                    .isEqualTo(book.on(change, shop.topology(), Shop.MODEL));
        }
        assertThat(restored.snapshot()).isEqualTo(book.snapshot());
        assertThat(restored.nextDue()).isEqualTo(book.nextDue());
    }

    @Test
    void beyondTheLimitNoIncidentOpensAndItIsCounted() {
        var defaults = CorrelationParameters.DEFAULTS;
        var small =
                new CorrelationBook(
                        "acme", defaults.withLimits(new CorrelationParameters.Limits(1, 1, 1, 1)));
        small.on(active(OOM, 0), shop.topology(), Shop.MODEL);
        small.on(
                active("image.pull_failed@Deployment/shop/payments", 1),
                shop.topology(),
                Shop.MODEL);
        small.on(active(CRASHING, 2), shop.topology(), Shop.MODEL);

        assertThat(small.open()).hasSize(1);
        assertThat(small.symptoms("acme-1")).hasSize(1);
        assertThat(small.dropped()).isPositive();
    }
}
