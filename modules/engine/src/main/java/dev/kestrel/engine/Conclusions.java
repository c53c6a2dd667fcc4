package dev.kestrel.engine;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.reasoning.Effect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a stretch of the reasoning is to tell the world, in the form in which it is told: of each
 * incident the newest revision. Made where the reasoning runs, because writing takes its time.
 *
 * @param health of the cluster, as it is now; empty where it did not change
 */
record Conclusions(List<Document> incidents, List<Clusters.Health> health, List<Command> commands) {
    static final Conclusions NONE = new Conclusions(List.of(), List.of(), List.of());

    Conclusions {
        incidents = List.copyOf(incidents);
        health = List.copyOf(health);
        commands = List.copyOf(commands);
    }

    static Conclusions of(Collection<Effect> effects) {
        if (effects.isEmpty()) {
            return NONE;
        }
        var incidents = new LinkedHashMap<String, Incident>();
        var health = List.<Clusters.Health>of();
        var commands = new ArrayList<Command>();
        for (var effect : effects) {
            switch (effect) {
                case Effect.IncidentRevised(var incident) -> incidents.put(incident.id(), incident);
                case Effect.HealthChanged(var changed) -> health = List.of(changed);
                case Effect.Send(var command) -> commands.add(command);
                case Effect.WordAnswered _ -> {}
            }
        }
        return new Conclusions(
                incidents.values().stream().map(Conclusions::document).toList(), health, commands);
    }

    private static Document document(Incident incident) {
        var best = incident.diagnosis().hypotheses().stream().findFirst();
        var cause =
                best.flatMap(hypothesis -> hypothesis.causes().stream().findFirst())
                        .filter(one -> !one.isUnknown());
        return new Document(
                incident.id(),
                incident.cluster(),
                incident.revision(),
                incident.status().name(),
                incident.severity().name(),
                incident.title(),
                incident.diagnosis().verdict().name(),
                cause.map(one -> one.mechanism()).orElse(""),
                cause.map(one -> one.at().toString()).orElse(""),
                best.map(hypothesis -> hypothesis.probability()).orElse(0.0),
                incident.openedAt(),
                incident.changedAt(),
                incident.resolvedAt(),
                SealedJson.text(incident));
    }
}
