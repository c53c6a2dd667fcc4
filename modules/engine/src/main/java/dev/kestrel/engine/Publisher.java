package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.SealedJson;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Carries the effects of one cluster's reasoning to the archive, the bus and the operator. While a
 * write is on its way, only the newest revision of each incident waits, so a burst costs one write.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Bus bus;
    private final Ports ports;
    private final Ownership ownership;
    private final BiConsumer<String, Dispatch.Declined> declined;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private Optional<Clusters.Health> health = Optional.empty();
    private boolean writing;

    /**
     * @param declined told of a command that no operator will ever do
     */
    Publisher(
            Bus bus,
            Ports ports,
            Ownership ownership,
            BiConsumer<String, Dispatch.Declined> declined) {
        this.bus = bus;
        this.ports = ports;
        this.ownership = ownership;
        this.declined = declined;
    }

    void publish(List<Effect> effects) {
        keep(effects);
        for (var effect : effects) {
            if (effect instanceof Effect.Send send) {
                send(send.command());
            }
        }
        write();
    }

    /**
     * Like {@link #publish}, without sending commands: on a replay the ones still outstanding are
     * sent afterwards anyway.
     */
    void keep(List<Effect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.IncidentRevised revised ->
                        incidents.put(revised.incident().id(), revised.incident());
                case Effect.HealthChanged changed -> health = Optional.of(changed.health());
                case Effect.Send _, Effect.WordAnswered _ -> {}
            }
        }
    }

    /** Everything that was published is in the archive. */
    boolean isIdle() {
        return !writing && incidents.isEmpty();
    }

    private void write() {
        if (writing) {
            return;
        }
        health.ifPresent(this::report);
        health = Optional.empty();
        if (incidents.isEmpty()) {
            return;
        }
        writing = true;
        var batch = List.copyOf(incidents.values());
        incidents.clear();
        Future.fromCompletionStage(
                        ports.archive()
                                .save(ownership, batch.stream().map(Publisher::document).toList()))
                .onComplete(
                        saved -> {
                            writing = false;
                            if (saved == Appended.DURABLE) {
                                batch.forEach(this::tell);
                            }
                            write();
                        },
                        failure -> {
                            writing = false;
                            batch.forEach(one -> incidents.putIfAbsent(one.id(), one));
                            LOG.atWarn()
                                    .addKeyValue("cluster", ownership.cluster())
                                    .setCause(failure)
                                    .log("incidents not saved, trying again");
                        });
    }

    /** Tries again what could not be written. */
    void retry() {
        write();
    }

    private void tell(Incident incident) {
        bus.tell(
                Topics.INCIDENT_CHANGED,
                new Topics.IncidentChanged(incident.cluster(), incident.id(), incident.revision()));
    }

    private void report(Clusters.Health current) {
        Future.fromCompletionStage(ports.clusters().report(ownership, current))
                .onSuccess(
                        ignored ->
                                bus.tell(
                                        Topics.CLUSTER_CHANGED,
                                        new Topics.ClusterChanged(ownership.cluster())))
                .onFailure(
                        failure ->
                                LOG.atWarn()
                                        .addKeyValue("cluster", ownership.cluster())
                                        .setCause(failure)
                                        .log("cluster health not saved"));
    }

    /**
     * Whoever holds the control stream takes it; when nobody does, the reasoning sends it again by
     * itself.
     */
    private void send(Command command) {
        bus.ask(Topics.COMMAND_ISSUED, new Topics.CommandIssued(ownership.cluster(), command))
                .onSuccess(
                        dispatch -> {
                            if (dispatch.orElse(null) instanceof Dispatch.Declined no) {
                                declined.accept(command.id(), no);
                            }
                        })
                .onFailure(
                        failure ->
                                LOG.atWarn()
                                        .addKeyValue("cluster", ownership.cluster())
                                        .addKeyValue("command", command.id())
                                        .setCause(failure)
                                        .log("command not handed over, trying again"));
    }

    private static IncidentArchive.Document document(Incident incident) {
        var best = incident.diagnosis().hypotheses().stream().findFirst();
        var cause =
                best.flatMap(hypothesis -> hypothesis.causes().stream().findFirst())
                        .filter(one -> !one.isUnknown());
        return new IncidentArchive.Document(
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
