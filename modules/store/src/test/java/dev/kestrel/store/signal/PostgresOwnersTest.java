package dev.kestrel.store.signal;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.signal.OwnersContract;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class PostgresOwnersTest extends OwnersContract {
    private static final Store STORE = OwnDatabase.newStore();

    @Override
    protected Owners owners() {
        return STORE.owners();
    }

    @Override
    protected ClusterRef newCluster() {
        return OwnDatabase.newCluster(STORE);
    }

    @Test
    void aClusterThatNobodyRegisteredCannotBeClaimed() {
        var stranger = new ClusterRef("nobody", "c-1");

        assertThatThrownBy(
                        () ->
                                await(
                                        STORE.owners()
                                                .claim(
                                                        stranger,
                                                        "a",
                                                        Instant.parse("2040-01-01T00:00:00Z"),
                                                        Duration.ofSeconds(10))))
                .hasMessageContaining("no cluster nobody/c-1");
    }
}
