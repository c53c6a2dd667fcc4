package dev.kestrel.store.node;

import dev.kestrel.store.postgres.Database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import java.time.Duration;
import java.util.Optional;

/**
 * What the nodes of one cloud agree on, in the database that they share. Leases run by the
 * database's clock.
 */
public final class Nodes {
    private final Database database;

    public Nodes(Database database) {
        this.database = database;
    }

    /**
     * Whether the id belongs to this start of the node until the lease is over; ask again before
     * that to keep it. False while another start holds it.
     *
     * @param instance unique per start
     * @param lease at least a second
     */
    public Future<Boolean> hold(String node, String instance, Duration lease) {
        return call(
                        "SELECT hold_node($1, $2, $3) AS answer",
                        Tuple.of(node, instance, Math.toIntExact(lease.toSeconds())))
                .map(row -> row.getBoolean("answer"));
    }

    /** Gives the id back, so that the next start need not wait for the lease. */
    public Future<Void> leave(String node, String instance) {
        return call("SELECT leave_node($1, $2)", Tuple.of(node, instance)).mapEmpty();
    }

    /** Fingerprint of the key that the cloud knows by that name. */
    public Future<Optional<String>> key(String name) {
        return call("SELECT known_key($1) AS answer", Tuple.of(name))
                .map(row -> Optional.ofNullable(row.getString("answer")));
    }

    /** Tells a key's fingerprint; answers the one that was told first and stays. */
    public Future<String> agreeOnKey(String name, String fingerprint) {
        return call("SELECT agree_on_key($1, $2) AS answer", Tuple.of(name, fingerprint))
                .map(row -> row.getString("answer"));
    }

    private Future<Row> call(String statement, Tuple parameters) {
        return database.withoutTenant()
                .preparedQuery(statement)
                .execute(parameters)
                .map(Nodes::only);
    }

    private static Row only(RowSet<Row> rows) {
        return rows.iterator().next();
    }
}
