package dev.kestrel.api.access;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.Site;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

/** An admin invites clusters and ends their identity. */
class ClusterTest {
    private final Site site = Site.open();
    private final String tenant = Site.newUser(Role.ADMIN).tenant();
    private final String token = site.tokenOf(Site.newUser(tenant, Role.ADMIN));

    @Test
    void anInvitationHoldsATokenThatWorksOnceAndTheCommandThatUsesIt() {
        var invited = add("Production").bodyAsJsonObject();

        var joinToken = invited.getString("joinToken");
        var id = invited.getJsonObject("cluster").getString("id");
        assertThat(invited.getString("expiresAt")).isEqualTo(Site.NOW.plusSeconds(3600).toString());
        assertThat(invited.getString("helmCommand"))
                .contains("cluster.name='Production'")
                .contains("joinToken.value='" + joinToken + "'")
                .contains("cloud.host='cloud.test'");
        assertThat(
                        await(
                                Site.store()
                                        .enrolments()
                                        .redeem(JoinToken.presented(joinToken).digest(), Site.NOW)))
                .contains(new ClusterRef(tenant, id));
        assertThat(site.get(token, "/api/v1/clusters/" + id).bodyAsString())
                .contains("INVITED")
                .doesNotContain(joinToken);
    }

    @Test
    void aNameIsTakenOnceAndHasNoQuotes() {
        assertThat(add("Production").statusCode()).isEqualTo(201);
        assertThat(add("Production").statusCode()).isEqualTo(409);
        assertThat(add("it's; rm -rf /").statusCode()).isEqualTo(400);
    }

    @Test
    void revokingEndsTheIdentityAndTellsWhoeverHoldsItsStreams() {
        var id = add("Production").bodyAsJsonObject().getJsonObject("cluster").getString("id");
        var told = new CompletableFuture<Topics.IdentityRevoked>();
        Site.bus()
                .onFact(
                        Topics.IDENTITY_REVOKED,
                        it -> {
                            if (it.cluster().tenant().equals(tenant)) {
                                told.complete(it);
                            }
                        });

        var revoked =
                Site.send(site.request(HttpMethod.DELETE, token, "/api/v1/clusters/" + id).send());

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(await(told).cluster().cluster()).isEqualTo(id);
        var read = site.get(token, "/api/v1/clusters/" + id).bodyAsJsonObject();
        assertThat(read.getString("state")).isEqualTo("REVOKED");
    }

    @Test
    void theAuditLogTellsWhoDidIt() {
        add("Production");

        var page = site.get(token, "/api/v1/audit?limit=1").bodyAsJsonObject();
        var entry = page.getJsonArray("entries").getJsonObject(0);

        assertThat(entry.getString("action")).isEqualTo("cluster.invite");
        assertThat(page.getLong("next")).isEqualTo(entry.getLong("number"));
        var rest = site.get(token, "/api/v1/audit?before=" + page.getLong("next"));
        assertThat(rest.bodyAsJsonObject().getLong("next")).isZero();
    }

    private HttpResponse<Buffer> add(String name) {
        return site.post(token, "/api/v1/clusters", new JsonObject().put("name", name));
    }
}
