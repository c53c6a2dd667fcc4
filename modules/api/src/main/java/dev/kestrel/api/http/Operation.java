package dev.kestrel.api.http;

import static dev.kestrel.api.http.Access.ADMIN;
import static dev.kestrel.api.http.Access.APPROVER;
import static dev.kestrel.api.http.Access.OPEN;
import static dev.kestrel.api.http.Access.RESPONDER;
import static dev.kestrel.api.http.Access.VIEWER;

import io.vertx.core.http.HttpMethod;

/** Every operation, as the OpenAPI file names it; a test compares the two. */
public enum Operation {
    SIGN_IN("signIn", HttpMethod.POST, "/api/v1/session", OPEN, true),
    SIGN_OUT("signOut", HttpMethod.DELETE, "/api/v1/session", OPEN, false),
    REFRESH("refresh", HttpMethod.POST, "/api/v1/session/refresh", OPEN, false),
    ME("me", HttpMethod.GET, "/api/v1/me", VIEWER, false),
    LIST_INCIDENTS("listIncidents", HttpMethod.GET, "/api/v1/incidents", VIEWER, false),
    READ_INCIDENT("readIncident", HttpMethod.GET, "/api/v1/incidents/{id}", VIEWER, false),
    ACKNOWLEDGE(
            "acknowledge", HttpMethod.POST, "/api/v1/incidents/{id}/acknowledge", RESPONDER, false),
    RESOLVE("resolve", HttpMethod.POST, "/api/v1/incidents/{id}/resolve", RESPONDER, true),
    JUDGE("judge", HttpMethod.POST, "/api/v1/incidents/{id}/judgement", RESPONDER, true),
    APPROVE(
            "approve",
            HttpMethod.POST,
            "/api/v1/incidents/{id}/remediations/{rid}/approve",
            APPROVER,
            true),
    REJECT(
            "reject",
            HttpMethod.POST,
            "/api/v1/incidents/{id}/remediations/{rid}/reject",
            APPROVER,
            true),
    LIST_CLUSTERS("listClusters", HttpMethod.GET, "/api/v1/clusters", VIEWER, false),
    ADD_CLUSTER("addCluster", HttpMethod.POST, "/api/v1/clusters", ADMIN, true),
    READ_CLUSTER("readCluster", HttpMethod.GET, "/api/v1/clusters/{id}", VIEWER, false),
    REVOKE_CLUSTER("revokeCluster", HttpMethod.DELETE, "/api/v1/clusters/{id}", ADMIN, false),
    LIST_AUDIT("listAudit", HttpMethod.GET, "/api/v1/audit", ADMIN, false),
    DESCRIBE("describe", HttpMethod.GET, "/api/v1/openapi.yaml", OPEN, false),
    KEYS("keys", HttpMethod.GET, "/.well-known/jwks.json", OPEN, false),
    ALIVE("alive", HttpMethod.GET, "/healthz", OPEN, false),
    READY("ready", HttpMethod.GET, "/readyz", OPEN, false),
    METRICS("metrics", HttpMethod.GET, "/metrics", OPEN, false);

    private final String id;
    private final HttpMethod method;
    private final String path;
    private final Access access;
    private final boolean body;

    Operation(String id, HttpMethod method, String path, Access access, boolean body) {
        this.id = id;
        this.method = method;
        this.path = path;
        this.access = access;
        this.body = body;
    }

    /** The {@code operationId}. */
    public String id() {
        return id;
    }

    public HttpMethod method() {
        return method;
    }

    /** With parameters in braces. */
    public String path() {
        return path;
    }

    public Access access() {
        return access;
    }

    /** Whether it reads a JSON body. */
    public boolean hasBody() {
        return body;
    }
}
