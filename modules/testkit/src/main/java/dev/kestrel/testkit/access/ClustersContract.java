package dev.kestrel.testkit.access;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Clusters.Health;
import dev.kestrel.domain.access.Clusters.Registered;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Owners;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** What every keeper of clusters and their enrolments must do. */
public abstract class ClustersContract {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(3600);

    /** The adapter under test. */
    protected abstract Clusters clusters();

    /** The adapter of the same clusters' enrolments. */
    protected abstract Enrolments enrolments();

    /** The owners that reports are fenced by. */
    protected abstract Owners owners();

    /** A tenant that exists and that no other test uses. */
    protected abstract String newTenant();

    @Test
    void anOfferedClusterIsInvitedUntilItsFirstCertificate() {
        var cluster = offered(newTenant(), "c-1", "Production");
        assertThat(read(cluster).state()).isEqualTo("INVITED");
        assertThat(read(cluster).name()).isEqualTo("Production");
        assertThat(read(cluster).health()).isEqualTo(Health.NEVER_CONNECTED);

        assertThat(await(enrolments().issued(cluster, "0a1b", NOW, SOON))).isTrue();

        assertThat(read(cluster).state()).isEqualTo("ACTIVE");
        assertThat(await(enrolments().isValid(cluster, "0a1b"))).isTrue();
    }

    @Test
    void idAndNameAreTakenOnceWithinATenant() {
        var tenant = newTenant();
        offered(tenant, "c-1", "Production");

        assertThat(offer(new ClusterRef(tenant, "c-1"), "Staging", "t2")).isFalse();
        assertThat(offer(new ClusterRef(tenant, "c-2"), "Production", "t3")).isFalse();
        assertThat(offer(new ClusterRef(newTenant(), "c-1"), "Production", "t4")).isTrue();
    }

    @Test
    void aJoinTokenWorksOnce() {
        var cluster = offered(newTenant(), "c-1", "Production");

        assertThat(await(enrolments().redeem(token(cluster), NOW))).contains(cluster);
        assertThat(await(enrolments().redeem(token(cluster), NOW))).isEmpty();
    }

    @Test
    void anUnknownOrExpiredJoinTokenAndThatOfARevokedClusterDoNotWork() {
        var late = offered(newTenant(), "c-1", "Production");
        var revoked = offered(newTenant(), "c-1", "Production");
        await(clusters().revoke(revoked, NOW));

        assertThat(await(enrolments().redeem(token(late), SOON))).isEmpty();
        assertThat(await(enrolments().redeem(token(revoked), NOW))).isEmpty();
        assertThat(await(enrolments().redeem(new byte[32], NOW))).isEmpty();
    }

    @Test
    void aRevokedClusterHasNoValidCertificateAndGetsNone() {
        var cluster = offered(newTenant(), "c-1", "Production");
        await(enrolments().issued(cluster, "0a1b", NOW, SOON));

        assertThat(await(clusters().revoke(cluster, NOW))).isTrue();
        assertThat(await(clusters().revoke(cluster, NOW))).isTrue();

        assertThat(read(cluster).state()).isEqualTo("REVOKED");
        assertThat(await(enrolments().isValid(cluster, "0a1b"))).isFalse();
        assertThat(await(enrolments().issued(cluster, "0a1c", NOW, SOON))).isFalse();
        assertThat(await(enrolments().isValid(cluster, "0a1c"))).isFalse();
    }

    @Test
    void aCertificateIsValidOnlyForItsOwnCluster() {
        var tenant = newTenant();
        var mine = offered(tenant, "c-1", "Production");
        var other = offered(tenant, "c-2", "Staging");
        await(enrolments().issued(mine, "0a1b", NOW, SOON));

        assertThat(await(enrolments().isValid(other, "0a1b"))).isFalse();
        assertThat(await(enrolments().isValid(mine, "ffff"))).isFalse();
    }

    @Test
    void anotherTenantsClusterIsNotThere() {
        var cluster = offered(newTenant(), "c-1", "Production");
        var other = newTenant();

        assertThat(await(clusters().find(other, "c-1"))).isEmpty();
        assertThat(await(clusters().list(other))).isEmpty();
        assertThat(await(clusters().revoke(new ClusterRef(other, "c-1"), NOW))).isFalse();
        assertThat(read(cluster).state()).isEqualTo("INVITED");
    }

    @Test
    void clustersAreListedByName() {
        var tenant = newTenant();
        offered(tenant, "c-1", "b");
        offered(tenant, "c-2", "C");
        offered(tenant, "c-3", "a");

        assertThat(await(clusters().list(tenant)))
                .extracting(Registered::name)
                .containsExactly("C", "a", "b");
    }

    @Test
    void onlyTheOwnerReportsHowAClusterIsDoing() {
        var cluster = offered(newTenant(), "c-1", "Production");
        var former = await(owners().claim(cluster, "a", NOW, Duration.ofSeconds(10)));
        var owner = await(owners().claim(cluster, "b", NOW, Duration.ofSeconds(10)));
        var well = new Health(true, NOW, "0.1", "v1.36", true, 0.75, "{\"nodes\": 3}");

        assertThat(await(clusters().report(owner, well))).isEqualTo(Appended.DURABLE);
        assertThat(await(clusters().report(former, Health.NEVER_CONNECTED)))
                .isEqualTo(Appended.FENCED);

        assertThat(read(cluster).health()).isEqualTo(well);
    }

    private Registered read(ClusterRef cluster) {
        return await(clusters().find(cluster.tenant(), cluster.cluster())).orElseThrow();
    }

    private ClusterRef offered(String tenant, String id, String name) {
        var cluster = new ClusterRef(tenant, id);
        assertThat(await(enrolments().offer(cluster, name, token(cluster), SOON))).isTrue();
        return cluster;
    }

    private boolean offer(ClusterRef cluster, String name, String token) {
        return await(
                enrolments()
                        .offer(
                                cluster,
                                name,
                                (cluster + token).getBytes(StandardCharsets.UTF_8),
                                SOON));
    }

    private static byte[] token(ClusterRef cluster) {
        return cluster.toString().getBytes(StandardCharsets.UTF_8);
    }
}
