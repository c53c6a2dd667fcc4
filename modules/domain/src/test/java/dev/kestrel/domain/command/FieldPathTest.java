package dev.kestrel.domain.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.Fields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class FieldPathTest {
    private static final Fields OBJECT =
            Fields.of(
                    Map.of(
                            "spec",
                            Map.of(
                                    "replicas",
                                    3,
                                    "containers",
                                    List.of(
                                            Map.of("name", "app", "image", "a:1"),
                                            Map.of("name", "proxy", "image", "p:1")))));

    @Test
    void aListEntryIsFoundByItsName() {
        assertThat(FieldPath.parse("spec.containers[proxy].image").read(OBJECT).text())
                .isEqualTo("p:1");
        assertThat(FieldPath.parse("spec.replicas").read(OBJECT).number(0)).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThat(FieldPath.parse("spec.containers[cache].image").read(OBJECT))
                .isEqualTo(Fields.ABSENT);
        assertThat(FieldPath.parse("status.phase").read(OBJECT)).isEqualTo(Fields.ABSENT);
    }

    @Test
    void writingMakesWhatIsMissingAndOnlyThat() {
        var tree = new LinkedHashMap<String, Object>();
        FieldPath.parse("spec.containers[app].image").write(tree, Fields.of("a:2"));
        FieldPath.parse("spec.containers[app].args").write(tree, Fields.of(List.of("-v")));
        assertThat(CanonicalJson.write(Fields.of(tree)))
                .isEqualTo(
                        "{\"spec\":{\"containers\":[{\"args\":[\"-v\"],\"image\":\"a:2\",\"name\":\"app\"}]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", "a[", "a[]", "[x]", "a]b"})
    void whatIsNoPathIsRefused(String text) {
        assertThatThrownBy(() -> FieldPath.parse(text)).hasMessageContaining("no field path");
    }
}
