package dev.kestrel.api;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.api.http.Access;
import dev.kestrel.api.http.Operation;
import dev.kestrel.domain.access.Role;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** Every operation there is, tried with another tenant's ids and with too small a role. */
class TenancyTest {
    private static final Site SITE = Site.open();
    private static final String INCIDENT = "i-of-the-other";

    private static String cluster = "";
    private static String admin = "";
    private static String viewer = "";
    private static String responder = "";
    private static String approver = "";

    @BeforeAll
    static void anotherTenantHasEverything() {
        var theirs = Site.newUser(Role.ADMIN);
        var ref = Site.newCluster(theirs.tenant());
        Site.saveIncident(ref, INCIDENT, 1);
        await(
                Site.store()
                        .audit()
                        .append(theirs.tenant(), "a", "did", "it", "secret of theirs", Site.NOW));
        cluster = ref.cluster();
        var mine = Site.newUser(Role.ADMIN);
        admin = SITE.tokenOf(mine);
        viewer = SITE.tokenOf(Site.newUser(mine.tenant(), Role.VIEWER));
        responder = SITE.tokenOf(Site.newUser(mine.tenant(), Role.RESPONDER));
        approver = SITE.tokenOf(Site.newUser(mine.tenant(), Role.APPROVER));
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void anotherTenantsIdsAreNotThere(Operation operation) {
        if (operation.path().contains("{")) {
            assertThat(call(admin, operation).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void nothingThatIsAnsweredNamesAnotherTenantsThings(Operation operation) {
        var answer = String.valueOf(call(admin, operation).bodyAsString());

        assertThat(answer)
                .doesNotContain("web is out of memory", "Cluster " + cluster, "secret of theirs");
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void withoutATokenOnlyOpenOperationsAnswer(Operation operation) {
        if (operation.access() != Access.OPEN) {
            assertThat(call("", operation).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void aRoleThatIsTooSmallIsToldSoBeforeAnythingElse(Operation operation) {
        var tooSmall =
                switch (operation.access()) {
                    case OPEN, VIEWER -> List.<String>of();
                    case RESPONDER -> List.of(viewer);
                    case APPROVER -> List.of(viewer, responder);
                    case ADMIN -> List.of(viewer, responder, approver);
                };
        for (var token : tooSmall) {
            assertThat(call(token, operation).statusCode()).isEqualTo(403);
        }
    }

    private static HttpResponse<Buffer> call(String token, Operation operation) {
        var id = operation.path().startsWith("/api/v1/clusters") ? cluster : INCIDENT;
        var path = operation.path().replace("{id}", id).replace("{rid}", "r-1");
        var request = SITE.request(operation.method(), token, path);
        return Site.send(
                operation.hasBody() ? request.sendJsonObject(body(operation)) : request.send());
    }

    private static JsonObject body(Operation operation) {
        return switch (operation) {
            case APPROVE -> new JsonObject().put("digest", "0".repeat(64));
            case REJECT -> new JsonObject().put("reason", "TOO_RISKY");
            case JUDGE -> new JsonObject().put("right", true);
            case ADD_CLUSTER -> new JsonObject().put("name", "Mine " + System.nanoTime());
            case SIGN_IN -> new JsonObject().put("email", "x@y.test").put("password", "x");
            case RESOLVE,
                    SIGN_OUT,
                    REFRESH,
                    ME,
                    LIST_INCIDENTS,
                    READ_INCIDENT,
                    ACKNOWLEDGE,
                    LIST_CLUSTERS,
                    READ_CLUSTER,
                    REVOKE_CLUSTER,
                    LIST_AUDIT,
                    DESCRIBE,
                    KEYS,
                    ALIVE,
                    READY,
                    METRICS ->
                    new JsonObject();
        };
    }
}
