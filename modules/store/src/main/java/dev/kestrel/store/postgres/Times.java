package dev.kestrel.store.postgres;

import io.vertx.sqlclient.Row;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Instants as the database's client wants them. The database keeps microseconds. */
public final class Times {
    private Times() {}

    public static OffsetDateTime sql(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant read(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
