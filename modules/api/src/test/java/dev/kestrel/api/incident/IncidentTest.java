package dev.kestrel.api.incident;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.Site;
import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.WordGiven;
import dev.kestrel.bus.Topics.WordTaken;
import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * People read incidents and say what they think; the owner of the cluster decides what comes of it.
 */
class IncidentTest {
    private static final String DIGEST = "a".repeat(64);

    private final Site site = Site.open();
    private final Principal alice = Site.newUser(Role.APPROVER);
    private final String token = site.tokenOf(alice);
    private final ClusterRef cluster = Site.newCluster(alice.tenant());

    @Test
    void theWholeIncidentComesAsItWasStored() {
        var saved = Site.saveIncident(cluster, "i-1", 3);

        var answer = site.get(token, "/api/v1/incidents/i-1");

        assertThat(answer.bodyAsString()).isEqualTo(saved.json());
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void incidentsAreListedFilteredAndPaged() {
        Site.saveIncident(cluster, "a", 1);
        Site.saveIncident(cluster, "b", 1);
        Site.saveIncident(cluster, "c", 1, "RESOLVED", "dns is down");

        var first = list("?limit=2");
        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(ids(list("?limit=2&cursor=" + first.getString("next")))).containsExactly("c");
        assertThat(ids(list("?status=RESOLVED&status=OPEN&severity=HIGH"))).hasSize(3);
        assertThat(ids(list("?status=RESOLVED"))).containsExactly("c");
        assertThat(ids(list("?text=DNS"))).containsExactly("c");
        assertThat(ids(list("?cluster=" + cluster.cluster()))).hasSize(3);
        assertThat(ids(list("?cluster=elsewhere"))).isEmpty();
    }

    @Test
    void everyMistakeInAQueryIsToldAtOnce() {
        var answer = site.get(token, "/api/v1/incidents?status=BROKEN&limit=501&colour=red");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.bodyAsJsonObject().getJsonArray("errors").stream())
                .extracting(error -> ((JsonObject) error).getString("at"))
                .containsExactly("query/status", "query/limit", "query/colour");
        assertThat(site.get(token, "/api/v1/incidents?cursor=nonsense").statusCode())
                .isEqualTo(400);
    }

    @Test
    void anApprovalGoesToTheOwnerWithThePersonFromTheToken() {
        Site.saveIncident(cluster, "i-1", 1);
        var heard = new ArrayList<WordGiven>();
        own(heard, new WordTaken(true, "", 7));

        var answer = approve("i-1");

        assertThat(answer.getLong("revision")).isEqualTo(7);
        assertThat(heard)
                .containsExactly(
                        new WordGiven(
                                cluster, "i-1", new Word.Approve(alice, "r-1", DIGEST), Site.NOW));
        assertThat(audit()).containsExactly("remediation.approve");
    }

    @Test
    void everyWordReachesTheOwner() {
        Site.saveIncident(cluster, "i-1", 1);
        var heard = new ArrayList<WordGiven>();
        own(heard, new WordTaken(true, "", 2));

        Site.send(site.request(HttpMethod.POST, token, "/api/v1/incidents/i-1/acknowledge").send());
        say("resolve", new JsonObject().put("comment", "rebooted it"));
        say("judgement", new JsonObject().put("right", false));
        say(
                "remediations/r-1/reject",
                new JsonObject().put("reason", "BAD_TIMING").put("comment", "after lunch"));

        assertThat(heard)
                .extracting(WordGiven::word)
                .containsExactly(
                        new Word.Acknowledge(alice),
                        new Word.Resolve(alice, "rebooted it"),
                        new Word.Judge(alice, false, ""),
                        new Word.Reject(alice, "r-1", Word.RejectReason.BAD_TIMING, "after lunch"));
        assertThat(audit())
                .containsExactly(
                        "incident.acknowledge",
                        "incident.resolve",
                        "incident.judge",
                        "remediation.reject");
    }

    @Test
    void withoutAnOwnerNothingIsDoneAndThePersonIsToldToTryAgain() {
        Site.saveIncident(cluster, "i-1", 1);

        var answer = approve("i-1");

        assertThat(answer.getInteger("status")).isEqualTo(503);
        assertThat(answer.getString("code")).isEqualTo("no_owner");
        assertThat(answer.getString("title")).isEqualTo("The cluster has no owner right now");
        assertThat(answer.getString("action")).startsWith("Try again");
        assertThat(audit())
                .containsExactly("remediation.approve", "remediation.approve.undelivered");
    }

    @Test
    void aRefusalSaysWhyAndIsInTheAuditLog() {
        Site.saveIncident(cluster, "i-1", 1);
        own(new ArrayList<>(), new WordTaken(false, "PLAN_CHANGED", 4));

        var answer = approve("i-1");

        assertThat(answer.getInteger("status")).isEqualTo(409);
        assertThat(answer.getString("refusal")).isEqualTo("PLAN_CHANGED");
        assertThat(audit()).containsExactly("remediation.approve", "remediation.approve.refused");
    }

    @Test
    void aRemediationThatTheIncidentDoesNotHaveIsNotThere() {
        Site.saveIncident(cluster, "i-1", 1);

        var answer = say("remediations/r-2/approve", new JsonObject().put("digest", DIGEST));

        assertThat(answer.getInteger("status")).isEqualTo(404);
        assertThat(audit()).isEmpty();
    }

    @Test
    void aDigestThatIsNoneIsRefusedAtTheDoor() {
        Site.saveIncident(cluster, "i-1", 1);

        var answer = say("remediations/r-1/approve", new JsonObject().put("digest", "abc"));

        assertThat(answer.getInteger("status")).isEqualTo(400);
        assertThat(answer.getJsonArray("errors").getJsonObject(0).getString("at"))
                .isEqualTo("body/digest");
    }

    private void own(List<WordGiven> heard, WordTaken answer) {
        await(
                Site.bus()
                        .serve(
                                Topics.WORD_GIVEN,
                                cluster.toString(),
                                given -> {
                                    heard.add(given);
                                    return Future.succeededFuture(answer);
                                })
                        .toCompletionStage());
    }

    private JsonObject approve(String incident) {
        return site.post(
                        token,
                        "/api/v1/incidents/" + incident + "/remediations/r-1/approve",
                        new JsonObject().put("digest", DIGEST))
                .bodyAsJsonObject();
    }

    private JsonObject say(String what, JsonObject body) {
        return site.post(token, "/api/v1/incidents/i-1/" + what, body).bodyAsJsonObject();
    }

    private List<String> audit() {
        return await(Site.store().audit().list(alice.tenant(), Long.MAX_VALUE, 100)).stream()
                .map(AuditLog.Entry::action)
                .filter(action -> !action.startsWith("session"))
                .toList()
                .reversed();
    }

    private JsonObject list(String query) {
        return site.get(token, "/api/v1/incidents" + query).bodyAsJsonObject();
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("incidents").stream()
                .map(it -> ((JsonObject) it).getString("id"))
                .toList();
    }
}
