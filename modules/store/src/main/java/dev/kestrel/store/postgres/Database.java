package dev.kestrel.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Transactions of the application's role. Each names the tenants whose rows it may see; the
 * database enforces it, so a forgotten condition finds nothing instead of another tenant's rows.
 */
public final class Database {
    private static final String BIND = "SELECT set_config($1, $2, true)";
    private static final int WAITING_AT_MOST = 10_000;

    private final Pool pool;

    private Database(Pool pool) {
        this.pool = pool;
    }

    /** Connects lazily: nothing is checked until the first transaction. */
    public static Database open(Vertx vertx, PgConnectOptions address, int connections) {
        var options =
                new PgConnectOptions(address)
                        .setCachePreparedStatements(true)
                        .setReconnectAttempts(3)
                        .setReconnectInterval(200);
        var pool =
                PgBuilder.pool()
                        .with(
                                new PoolOptions()
                                        .setMaxSize(connections)
                                        .setMaxWaitQueueSize(WAITING_AT_MOST)
                                        .setConnectionTimeout(10)
                                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                        .connectingTo(options)
                        .using(vertx)
                        .build();
        return new Database(pool);
    }

    /** One transaction that sees one tenant. */
    public <T> Future<T> in(String tenant, Function<SqlConnection, Future<T>> work) {
        return transact("kestrel.tenant", tenant, work);
    }

    /** One transaction that sees the journals and owners of these tenants, and nothing else. */
    public <T> Future<T> inAll(
            Collection<String> tenants, Function<SqlConnection, Future<T>> work) {
        for (var tenant : tenants) {
            if (tenant.indexOf(',') >= 0) {
                return Future.failedFuture(
                        new IllegalArgumentException("the id of a tenant has no comma: " + tenant));
            }
        }
        return transact("kestrel.tenants", String.join(",", tenants), work);
    }

    /** Without a tenant: sees no row, may only call the functions that find the tenant. */
    public SqlClient withoutTenant() {
        return pool;
    }

    /** BEGIN and the tenant are not waited for: if either fails, so does the work. */
    private <T> Future<T> transact(
            String setting, String value, Function<SqlConnection, Future<T>> work) {
        return pool.withConnection(
                connection -> {
                    connection.query("BEGIN").execute();
                    connection.preparedQuery(BIND).execute(Tuple.of(setting, value));
                    return work.apply(connection)
                            .compose(
                                    result -> connection.query("COMMIT").execute().map(result),
                                    failure ->
                                            connection
                                                    .query("ROLLBACK")
                                                    .execute()
                                                    .transform(_ -> Future.failedFuture(failure)));
                });
    }

    public Future<Void> close() {
        return pool.close();
    }
}
