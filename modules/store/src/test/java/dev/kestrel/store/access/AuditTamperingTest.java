package dev.kestrel.store.access;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** Whoever gets past the grants still cannot hide what they did to the audit log. */
class AuditTamperingTest {
    private static final String URL = OwnDatabase.newUrl();
    private static final Store STORE = OwnDatabase.open(URL);

    @Test
    void anEntryThatWasChangedShows() {
        var tenant = tenantWithThreeEntries();

        run("UPDATE audit SET by = 'mallory' WHERE number = 2 AND tenant_id = '" + tenant + "'");

        assertThat(await(STORE.audit().verify(tenant))).isEqualTo(2);
    }

    @Test
    void anEntryThatWasTakenOutShows() {
        var tenant = tenantWithThreeEntries();

        run("DELETE FROM audit WHERE number = 2 AND tenant_id = '" + tenant + "'");

        assertThat(await(STORE.audit().verify(tenant))).isEqualTo(2);
    }

    @Test
    void anotherTenantsEntryDoesNotFit() {
        var tenant = tenantWithThreeEntries();
        var other = tenantWithThreeEntries();

        run("DELETE FROM audit WHERE number = 1 AND tenant_id = '" + tenant + "'");
        run(
                "INSERT INTO audit SELECT '%s', number, at, by, action, subject, detail, hash FROM audit WHERE number = 1 AND tenant_id = '%s'"
                        .formatted(tenant, other));

        assertThat(await(STORE.audit().verify(tenant))).isEqualTo(1);
    }

    private static String tenantWithThreeEntries() {
        var tenant = OwnDatabase.newTenant(STORE);
        for (int i = 0; i < 3; i++) {
            var at = Instant.parse("2040-01-01T00:00:00Z").plusSeconds(i);
            await(STORE.audit().append(tenant, "alice", "did", "thing/" + i, "", at));
        }
        assertThat(await(STORE.audit().verify(tenant))).isZero();
        return tenant;
    }

    private static void run(String sql) {
        var owner = OwnDatabase.connectAsOwner(URL);
        await(owner.query(sql).execute().toCompletionStage());
        await(owner.close().toCompletionStage());
    }
}
