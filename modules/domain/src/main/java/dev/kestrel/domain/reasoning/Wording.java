package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.incident.Severity;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.rca.Hypothesis;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Change;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How an incident is called and how bad it is, from its symptoms and its diagnosis. */
final class Wording {
    private Wording() {}

    /** Only what is grounded is called a cause; before that, the title says what is seen. */
    static String title(List<Symptom> symptoms, Diagnosis diagnosis, CausalModel model) {
        return switch (diagnosis.verdict()) {
            case ROOT_CAUSE -> diagnosis.hypotheses().getFirst().title();
            case CANDIDATES ->
                    seen(symptoms, model)
                            + "; suspected: "
                            + diagnosis.hypotheses().getFirst().title();
            case UNKNOWN_CAUSE -> seen(symptoms, model);
        };
    }

    private static String seen(List<Symptom> symptoms, CausalModel model) {
        return symptoms.stream()
                .max(
                        Comparator.comparing((Symptom symptom) -> severity(List.of(symptom), model))
                                .thenComparing(Symptom::onsetLatest, Comparator.reverseOrder())
                                .thenComparing(Symptom::key, Comparator.reverseOrder()))
                .map(symptom -> model.title(symptom.key()))
                .orElse("Nothing is abnormal any more");
    }

    /**
     * What those who use the cluster lose: names for everything, a whole service, part of one, or
     * nothing yet.
     */
    static Severity severity(List<Symptom> symptoms, CausalModel model) {
        return symptoms.stream()
                .map(symptom -> severity(symptom, model))
                .max(Comparator.naturalOrder())
                .orElse(Severity.LOW);
    }

    private static Severity severity(Symptom symptom, CausalModel model) {
        var about = symptom.key().about();
        return switch (symptom.key().type()) {
            case "service.no_endpoints" ->
                    about.namespace().equals("kube-system") ? Severity.CRITICAL : Severity.HIGH;
            case "pod.not_ready.all", "node.not_ready", "visibility.lost" -> Severity.HIGH;
            default -> model.isImpact(symptom.key().type()) ? Severity.MEDIUM : Severity.LOW;
        };
    }

    /** One line of the timeline about a diagnosis. */
    static String concluded(Diagnosis diagnosis) {
        var best = diagnosis.hypotheses().stream().findFirst();
        return switch (diagnosis.verdict()) {
            case ROOT_CAUSE -> "root cause: " + best.map(Wording::sure).orElse("");
            case CANDIDATES ->
                    diagnosis.hypotheses().size()
                            + " candidates, first: "
                            + best.map(Wording::sure).orElse("");
            case UNKNOWN_CAUSE ->
                    "the cause is not known"
                            + best.map(one -> "; nearest: " + sure(one)).orElse("");
        };
    }

    private static String sure(Hypothesis hypothesis) {
        return "%s (%s, %d %%)"
                .formatted(
                        hypothesis.title(),
                        hypothesis.status().name().toLowerCase(Locale.ROOT),
                        Math.round(100 * hypothesis.probability()));
    }

    /** One line of the timeline about a change. */
    static String changed(Change change) {
        var fields = change.fields().stream().limit(4).map(Change.FieldChange::path).toList();
        return switch (change.kind()) {
            case CREATED -> change.of() + " was created";
            case DELETED -> change.of() + " was deleted";
            case EDITED -> change.of() + " was changed: " + String.join(", ", fields);
        };
    }
}
