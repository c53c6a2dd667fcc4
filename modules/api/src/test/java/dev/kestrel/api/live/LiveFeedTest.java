package dev.kestrel.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.api.Site;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A dashboard hears of everything in its tenant, and of nothing else. */
class LiveFeedTest {
    private final Site site = Site.open();
    private final String tenant = Site.newUser(Role.ADMIN).tenant();
    private final String token = site.tokenOf(Site.newUser(tenant, Role.VIEWER));
    private final ClusterRef cluster = Site.newCluster(tenant);

    @Test
    void aFirstHelloIsAnsweredWithEverythingThatStands() {
        Site.saveIncident(cluster, "i-1", 1);
        Site.saveIncident(cluster, "i-2", 1, "RESOLVED", "it was dns");
        var feed = Feed.open(site);

        feed.hello(token);

        var snapshot = feed.next();
        assertThat(snapshot.getString("is")).isEqualTo("snapshot");
        assertThat(ids(snapshot)).containsExactly("i-1", "i-2");
        assertThat(snapshot.getJsonArray("clusters").getJsonObject(0).getString("id"))
                .isEqualTo(cluster.cluster());
    }

    @Test
    void changesFollowWithTheirRevision() {
        var feed = Feed.open(site);
        feed.hello(token);
        feed.next();

        change(cluster, "i-1", 4);

        var changed = feed.next();
        assertThat(changed.getString("is")).isEqualTo("changed");
        assertThat(changed.getJsonObject("incident").getLong("revision")).isEqualTo(4);
        Site.bus().tell(Topics.CLUSTER_CHANGED, new Topics.ClusterChanged(cluster));
        assertThat(feed.next().getJsonObject("cluster").getString("id"))
                .isEqualTo(cluster.cluster());
    }

    @Test
    void whoComesBackHearsOnlyWhatIsNewer() {
        Site.saveIncident(cluster, "same", 2);
        Site.saveIncident(cluster, "newer", 2);
        Site.saveIncident(cluster, "unknown", 1);
        var feed = Feed.open(site);

        feed.hello(token, new JsonObject().put("same", 2).put("newer", 1));

        var resumed = feed.next();
        assertThat(resumed.getString("is")).isEqualTo("resumed");
        assertThat(ids(resumed)).containsExactly("newer", "unknown");
    }

    @Test
    void anotherTenantsChangesAreNotHeard() {
        var other = Site.newCluster(Site.newUser(Role.ADMIN).tenant());
        var feed = Feed.open(site);
        feed.hello(token);
        feed.next();

        change(other, "theirs", 1);
        change(cluster, "mine", 1);

        assertThat(feed.next().getJsonObject("incident").getString("id")).isEqualTo("mine");
    }

    @Test
    void aWrongTokenOrMessageEndsTheFeedWithItsReason() {
        var wrongToken = Feed.open(site);
        wrongToken.hello("nonsense");
        assertThat(wrongToken.closeCode()).isEqualTo(4401);

        var nonsense = Feed.open(site);
        nonsense.say(new JsonObject().put("is", "nonsense"));
        assertThat(nonsense.closeCode()).isEqualTo(4400);

        var tokenFirst = Feed.open(site);
        tokenFirst.say(new JsonObject().put("is", "token").put("token", token));
        assertThat(tokenFirst.closeCode()).isEqualTo(4400);
    }

    @Test
    void aFeedEndsWithItsTokenUnlessANewerOneOfTheSamePersonComes() {
        var brief = Site.open(Map.of("access-life", "2s"));
        var bob = Site.newUser(tenant, Role.VIEWER);
        var feed = Feed.open(brief);
        feed.hello(brief.tokenOf(bob));
        feed.next();
        brief.pass(Duration.ofSeconds(1));
        feed.say(new JsonObject().put("is", "token").put("token", brief.tokenOf(bob)));
        var abandoned = Feed.open(brief);
        abandoned.hello(brief.tokenOf(bob));
        abandoned.next();

        brief.pass(Duration.ofMillis(1500));
        change(cluster, "i-1", 1);
        assertThat(feed.next().getString("is")).isEqualTo("changed");
        brief.pass(Duration.ofSeconds(2));
        assertThat(feed.closeCode()).isEqualTo(4401);
        assertThat(abandoned.closeCode()).isEqualTo(4401);
    }

    @Test
    void somebodyElsesTokenIsNotTakenOver() {
        var feed = Feed.open(site);
        feed.hello(token);
        feed.next();

        var other = site.tokenOf(Site.newUser(Role.ADMIN));
        feed.say(new JsonObject().put("is", "token").put("token", other));

        assertThat(feed.closeCode()).isEqualTo(4401);
    }

    @Test
    void aTenantHasOnlySoManyFeeds() {
        var narrow = Site.open(Map.of("feeds-per-tenant", "1"));
        var first = Feed.open(narrow);
        first.hello(token);
        first.next();

        var second = Feed.open(narrow);
        second.hello(token);

        assertThat(second.closeCode()).isEqualTo(4429);
        change(cluster, "i-1", 1);
        assertThat(first.next().getString("is")).isEqualTo("changed");
    }

    @Test
    void whoTalksTooMuchIsCutOff() {
        var feed = Feed.open(site);
        feed.hello(token);
        feed.next();
        for (int i = 0; i < 20; i++) {
            feed.socket()
                    .writeTextMessage(
                            new JsonObject().put("is", "token").put("token", token).encode());
        }

        assertThat(feed.closeCode()).isEqualTo(4429);
    }

    @Test
    void aMessageThatIsTooLargeEndsTheFeed() {
        var feed = Feed.open(site);

        feed.socket().writeTextMessage("x".repeat((64 << 10) + 1));

        assertThat(feed.closeCode()).isEqualTo(1009);
    }

    @Test
    void whoDoesNotSayHelloIsSentAway() {
        assertThat(Feed.open(site).closeCode()).isEqualTo(4408);
    }

    @Test
    void aPageOfAnotherSiteGetsNoFeed() {
        assertThatThrownBy(() -> Feed.open(site, List.of("https://evil.test")))
                .hasMessageContaining("404");
        Feed.open(site, List.of("http://127.0.0.1:" + site.port())).hello(token);
    }

    @Test
    void whoReadsTooSlowlyGetsASnapshotInsteadOfAQueue() {
        var slow = Feed.open(site);
        slow.hello(token);
        slow.next();
        slow.socket().pause();
        var title = "x".repeat(50_000);
        var revision = 1;
        while (behind() == 0) {
            Site.saveIncident(cluster, "i-1", revision, "OPEN", title);
            Site.bus()
                    .tell(
                            Topics.INCIDENT_CHANGED,
                            new Topics.IncidentChanged(cluster, "i-1", revision));
            revision++;
            assertThat(revision).as("changes until the queue is full").isLessThan(2000);
        }
        Site.saveIncident(cluster, "i-1", 9999, "OPEN", "the newest");
        slow.socket().resume();

        var last = slow.next();
        while (!last.getString("is").equals("snapshot")) {
            last = slow.next();
        }
        assertThat(last.getJsonArray("incidents").getJsonObject(0).getString("title"))
                .isEqualTo("the newest");
    }

    private double behind() {
        var counter = site.meters.find("kestrel_feeds_behind").counter();
        return counter == null ? 0 : counter.count();
    }

    private static void change(ClusterRef cluster, String incident, long revision) {
        Site.saveIncident(cluster, incident, revision);
        Site.bus()
                .tell(
                        Topics.INCIDENT_CHANGED,
                        new Topics.IncidentChanged(cluster, incident, revision));
    }

    private static List<String> ids(JsonObject whole) {
        return whole.getJsonArray("incidents").stream()
                .map(it -> ((JsonObject) it).getString("id"))
                .toList();
    }
}
