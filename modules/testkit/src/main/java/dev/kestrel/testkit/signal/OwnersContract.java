package dev.kestrel.testkit.signal;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** What every keeper of owners must do. */
public abstract class OwnersContract {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** The adapter under test; the same for the whole of a test. */
    protected abstract Owners owners();

    /** A cluster that exists, that was never owned, and that no other test uses. */
    protected abstract ClusterRef newCluster();

    @Test
    void eachClaimHasTheNextEpochWhoeverMakesIt() {
        var cluster = newCluster();

        assertThat(await(owners().claim(cluster, "a", NOW, LEASE)).epoch()).isEqualTo(1);
        assertThat(await(owners().claim(cluster, "b", NOW, LEASE)).epoch()).isEqualTo(2);
        assertThat(await(owners().claim(cluster, "b", NOW, LEASE)).epoch()).isEqualTo(3);
    }

    @Test
    void anOwnerRenewsUntilAnotherClaims() {
        var cluster = newCluster();
        var mine = await(owners().claim(cluster, "a", NOW, LEASE));

        assertThat(await(owners().renew(mine, NOW, LEASE))).contains(mine);
        await(owners().claim(cluster, "b", NOW, LEASE));

        assertThat(await(owners().renew(mine, NOW, LEASE))).isEmpty();
    }

    @Test
    void theNewestClaimIsFoundUntilItIsGivenBack() {
        var cluster = newCluster();

        assertThat(await(owners().find(cluster))).isEmpty();
        await(owners().claim(cluster, "a", NOW, LEASE));
        var newest = await(owners().claim(cluster, "b", NOW, LEASE));
        assertThat(await(owners().find(cluster))).contains(newest);
        await(owners().release(newest));

        assertThat(await(owners().find(cluster))).isEmpty();
    }

    @Test
    void aClusterIsAnOrphanOnceItsLeaseEnds() {
        var cluster = newCluster();
        var mine = await(owners().claim(cluster, "a", NOW, LEASE));

        assertThat(await(owners().orphans(NOW.plusSeconds(9), 1000))).doesNotContain(cluster);
        assertThat(await(owners().orphans(NOW.plusSeconds(10), 1000))).contains(cluster);
        await(owners().renew(mine, NOW.plusSeconds(5), LEASE));

        assertThat(await(owners().orphans(NOW.plusSeconds(10), 1000))).doesNotContain(cluster);
    }

    @Test
    void ofTwoThatAdoptAnOrphanOneGetsIt() {
        var cluster = newCluster();
        await(owners().claim(cluster, "a", NOW, LEASE));
        var late = NOW.plusSeconds(10);

        assertThat(await(owners().adopt(cluster, "b", NOW.plusSeconds(9), LEASE))).isEmpty();
        var adopted = await(owners().adopt(cluster, "b", late, LEASE));
        assertThat(await(owners().adopt(cluster, "c", late, LEASE))).isEmpty();

        assertThat(adopted).contains(new Ownership(cluster, "b", 2));
        assertThat(await(owners().find(cluster))).isEqualTo(adopted);
    }

    @Test
    void aReleasedClusterIsAnOrphanAtOnceAndItsFormerOwnerCannotRenew() {
        var cluster = newCluster();
        var mine = await(owners().claim(cluster, "a", NOW, LEASE));

        assertThat(await(owners().release(mine))).isTrue();

        assertThat(await(owners().orphans(NOW, 1000))).contains(cluster);
        assertThat(await(owners().renew(mine, NOW, LEASE))).isEmpty();
        assertThat(await(owners().release(mine))).isFalse();
        assertThat(await(owners().claim(cluster, "b", NOW, LEASE)).epoch()).isEqualTo(2);
    }

    @Test
    void orphansAreListedOnlyUpToTheLimit() {
        await(owners().claim(newCluster(), "a", NOW, Duration.ZERO));
        await(owners().claim(newCluster(), "a", NOW, Duration.ZERO));

        assertThat(await(owners().orphans(NOW, 1))).hasSize(1);
    }
}
