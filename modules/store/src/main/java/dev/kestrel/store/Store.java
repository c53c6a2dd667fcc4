package dev.kestrel.store;

import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.access.Users;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.store.access.PostgresAuditLog;
import dev.kestrel.store.access.PostgresClusters;
import dev.kestrel.store.access.PostgresEnrolments;
import dev.kestrel.store.access.PostgresUsers;
import dev.kestrel.store.incident.PostgresIncidentArchive;
import dev.kestrel.store.node.Nodes;
import dev.kestrel.store.postgres.ApplicationRole;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Migrations;
import dev.kestrel.store.signal.JournalWriter;
import dev.kestrel.store.signal.PostgresJournal;
import dev.kestrel.store.signal.PostgresOwners;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;

/** Everything that is kept, in one PostgreSQL. */
public final class Store {
    private final Database database;
    private final Journal journal;
    private final Owners owners;
    private final IncidentArchive incidents;
    private final Clusters clusters;
    private final Enrolments enrolments;
    private final Users users;
    private final AuditLog audit;
    private final Nodes nodes;

    private Store(Vertx vertx, Database database, StoreConfig config, StoreMetrics metrics) {
        this.database = database;
        var writer = new JournalWriter(vertx, database, metrics, config.journalQueueEntries());
        journal = new PostgresJournal(vertx, database, writer, config.journalRetention());
        owners = new PostgresOwners(database);
        incidents = new PostgresIncidentArchive(database);
        clusters = new PostgresClusters(database);
        enrolments = new PostgresEnrolments(database);
        users = new PostgresUsers(database);
        audit = new PostgresAuditLog(database);
        nodes = new Nodes(database);
    }

    /**
     * Migrates the database and connects to it; fails when it cannot be reached, with what to do.
     */
    public static Future<Store> open(Vertx vertx, StoreConfig config, MeterRegistry registry) {
        var owner = PgConnectOptions.fromUri(config.ownerUrl());
        var own = config.applicationUrl().isEmpty();
        var application =
                own ? ApplicationRole.of(owner) : PgConnectOptions.fromUri(config.applicationUrl());
        return vertx.executeBlocking(
                        () -> {
                            Migrations.run(owner, application, own);
                            return Database.open(vertx, application, config.connections());
                        })
                .map(database -> new Store(vertx, database, config, new StoreMetrics(registry)))
                .compose(store -> store.check().map(store));
    }

    /** Completes when the database answers; for readiness. */
    public Future<Void> check() {
        return database.withoutTenant().query("SELECT 1").execute().mapEmpty();
    }

    public Journal journal() {
        return journal;
    }

    public Owners owners() {
        return owners;
    }

    public IncidentArchive incidents() {
        return incidents;
    }

    public Clusters clusters() {
        return clusters;
    }

    public Enrolments enrolments() {
        return enrolments;
    }

    public Users users() {
        return users;
    }

    public AuditLog audit() {
        return audit;
    }

    public Nodes nodes() {
        return nodes;
    }

    public Future<Void> close() {
        return database.close();
    }
}
