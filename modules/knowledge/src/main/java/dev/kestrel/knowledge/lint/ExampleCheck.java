package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.rca.Hypothesis;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.knowledge.Example;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares what came out of an example with what was expected. */
final class ExampleCheck {
    private ExampleCheck() {}

    /** Every way in which it differs; empty when it is as expected. */
    static List<String> differences(Example.Expected expected, Diagnosis diagnosis) {
        if (diagnosis.hypotheses().isEmpty()) {
            return List.of("nothing came out");
        }
        var differences = new ArrayList<String>();
        var best = diagnosis.hypotheses().getFirst();
        if (!expected.top().isEmpty() && !best.causes().equals(List.of(cause(expected.top())))) {
            differences.add("expected " + expected.top() + " first");
        }
        if (best.causes().stream().anyMatch(c -> c.mechanism().equals(expected.notTop()))) {
            differences.add("expected anything but " + expected.notTop() + " first");
        }
        if (isOther(expected.verdict(), diagnosis.verdict().name())) {
            differences.add("expected the verdict " + expected.verdict());
        }
        if (isOther(expected.status(), best.status().name())) {
            differences.add("expected the status " + expected.status());
        }
        if (best.probability() < expected.atLeast()) {
            differences.add("expected a probability of at least " + expected.atLeast());
        }
        if (!leadsThrough(expected.through(), best)) {
            differences.add("expected a chain through " + expected.through());
        }
        return differences;
    }

    private static Cause cause(String text) {
        var at = text.indexOf('@');
        return new Cause(
                text.substring(0, Math.max(0, at)), ResourceRef.parse(text.substring(at + 1)));
    }

    private static boolean isOther(String expected, String actual) {
        return !expected.isEmpty() && !expected.equals(actual);
    }

    private static boolean leadsThrough(String state, Hypothesis hypothesis) {
        return state.isEmpty()
                || hypothesis.chain().stream().anyMatch(hop -> hop.toState().equals(state));
    }

    /** The outcome in one line. */
    static String outcome(Diagnosis diagnosis) {
        var text = new StringBuilder(diagnosis.verdict().name());
        diagnosis.hypotheses().stream()
                .limit(3)
                .forEach(
                        hypothesis ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "; %s %.2f %s explains %.2f",
                                                hypothesis.causes(),
                                                hypothesis.probability(),
                                                hypothesis.status(),
                                                hypothesis.explained())));
        return text.toString();
    }
}
