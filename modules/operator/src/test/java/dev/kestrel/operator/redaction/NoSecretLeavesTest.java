package dev.kestrel.operator.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Fields;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Of no secret, in whatever form it is shown, do six characters in a row leave the cluster. */
class NoSecretLeavesTest {
    private static final int SEEN = 6;

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void notInALineAnEventOrAnAnswer(int seed) {
        var leaks = new ArrayList<String>();
        each(seed, (what, secret, text) -> leak(leaks, what, secret, TextRedaction.redact(text)));
        assertThat(leaks).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void notInAnObject(int seed) {
        var leaks = new ArrayList<String>();
        each(
                seed,
                (what, secret, text) -> {
                    var clean = ObjectRedaction.clean("Pod", object(text));
                    leak(leaks, what, secret, clean.toString());
                });
        assertThat(leaks).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void notInALineThatIsCut(int seed) {
        var leaks = new ArrayList<String>();
        each(
                seed,
                (what, secret, text) -> {
                    var cut = text.substring(0, text.indexOf(secret) + secret.length());
                    leak(leaks, what, secret, TextRedaction.redact(cut));
                });
        assertThat(leaks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--password",
                "--db-password",
                "-token",
                "--client-secret",
                "--api-key",
                "--passphrase"
            })
    void notInTheArgumentAfterItsFlag(String flag) {
        var clean =
                ObjectRedaction.clean(
                        "Pod",
                        Fields.of(Map.of("args", List.of(flag, "hunter2hunter2", "--port", "80"))));

        assertThat(clean.at("args").items().stream().map(Fields::text))
                .containsExactly(flag, "[redacted:secret]", "--port", "80");
    }

    private interface Case {
        void of(String what, String secret, String text);
    }

    private static void each(int seed, Case one) {
        var secrets = new Secrets(seed);
        secrets.shaped()
                .forEach(
                        (shape, secret) ->
                                one.of(shape, secret, "could not use " + secret + " (403)"));
        Secrets.forms()
                .forEach(
                        (form, text) -> {
                            var secret = secrets.password();
                            one.of(form, secret, text.formatted(secret));
                        });
    }

    private static Fields object(String text) {
        var template =
                Map.of(
                        "metadata",
                        Map.of("annotations", Map.of("note", text)),
                        "spec",
                        Map.of(
                                "containers",
                                List.of(
                                        Map.of(
                                                "name", "app",
                                                "args", List.of("-c", text),
                                                "env", List.of(Map.of("name", "X", "value", text)),
                                                "livenessProbe",
                                                        Map.of(
                                                                "exec",
                                                                Map.of(
                                                                        "command",
                                                                        List.of(text)))))));
        return Fields.of(
                Map.of(
                        "metadata",
                        Map.of("name", "web", "annotations", Map.of("note", text)),
                        "spec",
                        Map.of("template", template, "source", Map.of("repoURL", text)),
                        "status",
                        Map.of("conditions", List.of(Map.of("message", text, "reason", "x")))));
    }

    private static void leak(List<String> leaks, String what, String secret, String clean) {
        for (int from = 0; from + SEEN <= secret.length(); from++) {
            var piece = secret.substring(from, from + SEEN);
            if (clean.contains(piece) && !isPrefix(secret, from)) {
                leaks.add(what + ": " + clean);
                return;
            }
        }
    }

    /** What every secret of a kind begins with tells nothing. */
    private static boolean isPrefix(String secret, int from) {
        return from + SEEN <= secret.indexOf('_') + 1;
    }
}
