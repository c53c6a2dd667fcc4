package dev.kestrel.testkit.access;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.access.AuditLog.Entry;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** What every audit log must do. */
public abstract class AuditLogContract {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00.123456789Z");

    /** The adapter under test. */
    protected abstract AuditLog audit();

    /** A tenant that exists and that no other test uses. */
    protected abstract String newTenant();

    @Test
    void entriesAreNumberedFromOneAndListedNewestFirst() {
        var tenant = newTenant();
        var first = append(tenant, "first");
        var second = append(tenant, "second");
        var third = append(tenant, "third");

        assertThat(first.number()).isEqualTo(1);
        assertThat(await(audit().list(tenant, Long.MAX_VALUE, 10)))
                .containsExactly(third, second, first);
        assertThat(await(audit().list(tenant, third.number(), 1))).containsExactly(second);
    }

    @Test
    void aTenantSeesOnlyItsOwn() {
        var mine = newTenant();
        var theirs = newTenant();
        append(theirs, "theirs");

        assertThat(await(audit().list(mine, Long.MAX_VALUE, 10))).isEmpty();
        assertThat(append(mine, "mine").number()).isEqualTo(1);
    }

    @Test
    void entriesWrittenAtOnceStillMakeOneChain() {
        var tenant = newTenant();
        var appends = new ArrayList<CompletionStage<Entry>>();
        for (int i = 0; i < 20; i++) {
            appends.add(audit().append(tenant, "alice", "did", "thing/" + i, "", NOW));
        }

        assertThat(appends.stream().map(append -> await(append).number()).sorted().toList())
                .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(await(audit().verify(tenant))).isZero();
    }

    @Test
    void anEmptyLogIsWhole() {
        assertThat(await(audit().verify(newTenant()))).isZero();
    }

    private Entry append(String tenant, String subject) {
        return await(audit().append(tenant, "alice", "incident.acknowledge", subject, "why", NOW));
    }
}
