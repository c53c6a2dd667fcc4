package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
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
    private final Map<String, IncidentArchive.Document> incidents = new LinkedHashMap<>();

    /** Who asked, until what is being written is; and until what waits is. */
    private final List<Promise<Void>> writes = new ArrayList<>();

    private final List<Promise<Void>> waits = new ArrayList<>();
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

    void publish(Conclusions told) {
        keep(told);
        told.commands().forEach(this::send);
        write();
    }

    /**
     * Like {@link #publish}, without sending commands: on a replay the ones still outstanding are
     * sent afterwards anyway.
     */
    void keep(Conclusions told) {
        told.incidents().forEach(incident -> incidents.put(incident.id(), incident));
        told.health().forEach(changed -> health = Optional.of(changed));
    }

    /**
     * Completes once everything that was published so far is in the archive; fails when it could
     * not be written just now.
     */
    Future<Void> told() {
        if (!writing && incidents.isEmpty()) {
            return Future.succeededFuture();
        }
        var told = Promise.<Void>promise();
        if (incidents.isEmpty()) {
            writes.add(told);
        } else {
            waits.add(told);
        }
        write();
        return told.future();
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
        writes.addAll(waits);
        waits.clear();
        Future.fromCompletionStage(ports.archive().save(ownership, batch))
                .onComplete(
                        saved -> {
                            if (saved == Appended.DURABLE) {
                                batch.forEach(this::tell);
                            }
                            written().forEach(Promise::complete);
                            write();
                        },
                        failure -> {
                            batch.forEach(one -> incidents.putIfAbsent(one.id(), one));
                            LOG.atWarn()
                                    .addKeyValue("cluster", ownership.cluster())
                                    .setCause(failure)
                                    .log("incidents not saved, trying again");
                            written().forEach(one -> one.fail(failure));
                        });
    }

    private List<Promise<Void>> written() {
        writing = false;
        var asked = List.copyOf(writes);
        writes.clear();
        return asked;
    }

    /** Tries again what could not be written. */
    void retry() {
        write();
    }

    private void tell(IncidentArchive.Document incident) {
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
}
