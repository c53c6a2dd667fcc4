package dev.kestrel.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The scenarios that come with the simulator, from the {@code scenarios} folder. */
public final class Scenarios {
    private static final String FOLDER = "/scenarios/";

    private Scenarios() {}

    /** Names of all scenarios, in the order in which they are meant to be played. */
    public static List<String> names() {
        return Json.items(file("scenarios")).stream().map(JsonNode::asText).toList();
    }

    /** All scenarios, in the same order. */
    public static List<Scenario> all() {
        return names().stream().map(Scenarios::load).toList();
    }

    public static Optional<Scenario> named(String name) {
        return names().contains(name) ? Optional.of(load(name)) : Optional.empty();
    }

    private static Scenario load(String name) {
        var file = file(name);
        var reader = new ScenarioReader(name, file);
        return reader.isTogether()
                ? reader.together(Scenarios::load)
                : reader.read(file("base/" + file.path("base").asText()));
    }

    private static JsonNode file(String name) {
        var path = FOLDER + name + ".yaml";
        try (var in = Scenarios.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no " + path + " among the resources");
            }
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
