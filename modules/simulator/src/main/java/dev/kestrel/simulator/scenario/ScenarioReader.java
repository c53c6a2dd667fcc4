package dev.kestrel.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.ImageStore;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.scenario.Scenario.Step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads a scenario's YAML; every fault names the scenario it is in. */
final class ScenarioReader {
    private final String name;
    private final JsonNode file;

    ScenarioReader(String name, JsonNode file) {
        this.name = name;
        this.file = file;
    }

    Scenario read(JsonNode base) {
        var steps = Json.items(file.path("steps")).stream().map(this::step).toList();
        return new Scenario(
                name,
                required("title"),
                required("story"),
                List.of(name),
                cluster(base),
                steps,
                expected());
    }

    /** Whether it is made of the faults of others. */
    boolean isTogether() {
        return file.has("faults");
    }

    /**
     * Reads a scenario in which the faults of others happen in one cluster, each as in its own
     * scenario, and each for its own incident.
     */
    Scenario together(Function<String, Scenario> others) {
        var faults = Json.items(file.path("faults"));
        var parts = faults.stream().map(fault -> others.apply(fault.path("of").asText())).toList();
        var steps = new ArrayList<Step>();
        var expected = new ArrayList<Expected.Incident>();
        for (int i = 0; i < parts.size(); i++) {
            var later = duration(faults.get(i).path("at"));
            parts.get(i).steps().stream()
                    .map(step -> new Step(step.at().plus(later), step.action()))
                    .forEach(steps::add);
            incidents(parts.get(i)).each().stream()
                    .map(
                            one ->
                                    new Expected.Incident(
                                            one.mechanism(),
                                            one.resource(),
                                            one.within().plus(later),
                                            one.effect()))
                    .forEach(expected::add);
        }
        steps.sort(Comparator.comparing(Step::at));
        return new Scenario(
                name,
                required("title"),
                required("story"),
                parts.stream().map(Scenario::name).toList(),
                parts.getFirst().base(),
                steps,
                new Expected.Incidents(expected));
    }

    private Expected.Incidents incidents(Scenario part) {
        return switch (part.expected()) {
            case Expected.Incidents incidents -> incidents;
            case Expected.Healthy _, Expected.NearMiss _ ->
                    throw fault("is made of %s, which is no fault".formatted(part.name()));
        };
    }

    private String required(String field) {
        var text = file.path(field).asText("");
        if (text.isEmpty()) {
            throw fault("has no " + field);
        }
        return text;
    }

    private static Baseline cluster(JsonNode base) {
        var images = Json.items(base.path("images")).stream().map(ScenarioReader::image).toList();
        return new Baseline(images, Json.items(base.path("objects")));
    }

    private static Image image(JsonNode node) {
        return new Image(
                node.path("reference").asText(),
                node.path("program").asText("workload"),
                node.path("bytes").asLong(),
                Json.strings(node.path("environment")));
    }

    private Step step(JsonNode node) {
        return new Step(duration(node.path("at")), action(node));
    }

    private Action action(JsonNode node) {
        if (node.has("patch")) {
            var patch = node.path("patch");
            return new Action.Patch(key(patch), patch.path("with"));
        }
        if (node.has("create")) {
            return new Action.Create(node.path("create"));
        }
        if (node.has("delete")) {
            return new Action.Delete(key(node.path("delete")));
        }
        if (node.has("drain")) {
            return new Action.Drain(node.path("drain").asText());
        }
        if (node.has("uncordon")) {
            return new Action.Uncordon(node.path("uncordon").asText());
        }
        if (node.has("publish")) {
            return new Action.Publish(image(node.path("publish")));
        }
        if (node.has("registry")) {
            var registry = node.path("registry");
            return new Action.Registry(
                    registry.path("of").asText(),
                    ImageStore.Answer.valueOf(
                            registry.path("answers").asText().toUpperCase(Locale.ROOT)));
        }
        throw fault("has a step that does nothing known: " + node);
    }

    private Expected expected() {
        if (file.path("healthy").asBoolean()) {
            return new Expected.Healthy(duration(file.path("lasts")));
        }
        var node = file.path("expected");
        if (node.has("not")) {
            return new Expected.NearMiss(node.path("not").asText(), duration(node.path("lasts")));
        }
        if (!node.has("mechanism")) {
            throw fault("expects neither health nor a mechanism, nor that one is not named");
        }
        return new Expected.Incidents(
                List.of(
                        new Expected.Incident(
                                node.path("mechanism").asText(),
                                key(node.path("resource")),
                                duration(node.path("within")),
                                Json.items(node.path("effect")).stream()
                                        .map(this::effect)
                                        .toList())));
    }

    private Effect effect(JsonNode node) {
        var entry =
                node.properties().stream()
                        .findFirst()
                        .orElseThrow(() -> fault("has an empty effect"));
        var what = entry.getValue();
        var namespace = what.path("namespace").asText();
        var about = what.path("name").asText();
        return switch (entry.getKey()) {
            case "available" -> new Effect.Available(key(what));
            case "endpoints" ->
                    new Effect.Endpoints(namespace, about, what.path("atLeast").asInt(1));
            case "resolves" -> new Effect.Resolves(namespace, what.path("host").asText());
            case "answers" ->
                    new Effect.Answers(
                            namespace, what.path("to").asText(""), what.path("url").asText());
            case "calm" -> new Effect.Calm(namespace, about, duration(what.path("for")));
            default -> throw fault("expects the unknown effect " + entry.getKey());
        };
    }

    private static ResourceKey key(JsonNode node) {
        return new ResourceKey(
                ResourceTypes.ofKind(node.path("kind").asText()),
                node.path("namespace").asText(""),
                node.path("name").asText());
    }

    private Duration duration(JsonNode node) {
        var text = node.asText("");
        if (!text.matches("\\d+s")) {
            throw fault("has '%s' where seconds such as 30s belong".formatted(text));
        }
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private IllegalStateException fault(String what) {
        return new IllegalStateException("scenario " + name + " " + what);
    }
}
