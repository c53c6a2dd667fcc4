package dev.kestrel.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The OpenAPI file is the source: nothing is served that it does not name, and all that it names
 * is.
 */
class OpenApiTest {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    @Test
    void everyOperationIsServedAndNoOther() throws IOException {
        var described = new TreeSet<String>();
        members(Objects.requireNonNull(members(file()).get("paths")))
                .forEach(
                        (path, item) ->
                                members(item)
                                        .forEach(
                                                (method, operation) -> {
                                                    if (METHODS.contains(method)) {
                                                        described.add(
                                                                line(path, method, operation));
                                                    }
                                                }));

        var served = new TreeSet<String>();
        Arrays.stream(Operation.values()).forEach(it -> served.add(line(it)));

        assertThat(served).isEqualTo(described);
    }

    private static String line(String path, String method, Object operation) {
        var members = members(operation);
        return "%s %s %s %s %s"
                .formatted(
                        members.get("operationId"),
                        method.toUpperCase(Locale.ROOT),
                        path,
                        Objects.requireNonNullElse(members.get("x-role"), "OPEN"),
                        members.containsKey("requestBody") ? "body" : "no body");
    }

    private static String line(Operation operation) {
        return "%s %s %s %s %s"
                .formatted(
                        operation.id(),
                        operation.method(),
                        operation.path(),
                        operation.access(),
                        operation.hasBody() ? "body" : "no body");
    }

    private static Object file() throws IOException {
        try (var in = OpenApiTest.class.getResourceAsStream("/openapi/kestrel.yaml")) {
            return new Load(LoadSettings.builder().build())
                    .loadFromInputStream(Objects.requireNonNull(in));
        }
    }

    @SuppressWarnings("unchecked") // YAML maps have texts for keys in this file.
    private static Map<String, Object> members(Object node) {
        return (Map<String, Object>) node;
    }
}
