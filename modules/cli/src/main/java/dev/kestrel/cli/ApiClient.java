package dev.kestrel.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Speaks to the REST API as any program would: signs in, reads incidents, decides. Calls block. */
public final class ApiClient {
    private static final Duration KNOWN_WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private String token = "";
    private JsonObject credentials = new JsonObject();

    /**
     * A client that is not signed in yet.
     *
     * @param address for example {@code http://127.0.0.1:8080}
     */
    public ApiClient(String address) {
        this.address = address;
    }

    /** Every later call is made in this person's name. */
    public void signIn(String email, String password) {
        credentials = new JsonObject().put("email", email).put("password", password);
        token = "";
        token = post("/api/v1/session", credentials).getString("accessToken");
    }

    /** Summaries, newest first. */
    public List<JsonObject> incidents() {
        var page = get("/api/v1/incidents?limit=100");
        return page.getJsonArray("incidents", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /**
     * Returns when the cluster's operator is heard and its first inventory is whole: what breaks
     * before has no history that could be put back. Fails when that takes longer than two minutes.
     */
    public void awaitKnown(String cluster) throws InterruptedException {
        var began = System.nanoTime();
        while (!isKnown(cluster)) {
            if (System.nanoTime() - began > KNOWN_WITHIN.toNanos()) {
                throw new IllegalStateException(
                        "the inventory of cluster '%s' did not arrive within %d s; see what the operator logged"
                                .formatted(cluster, KNOWN_WITHIN.toSeconds()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean isKnown(String cluster) {
        var answer = get("/api/v1/clusters/" + cluster);
        return answer.getBoolean("connected")
                && answer.getJsonObject("details").getBoolean("settled", false);
    }

    /** Everything about one incident. Fails where there is none with this id. */
    public JsonObject incident(String id) {
        return get("/api/v1/incidents/" + id);
    }

    /** Fails when the proposal is gone, or is another one than that of the digest. */
    public void approve(String incident, String remediation, String digest) {
        post(
                "/api/v1/incidents/%s/remediations/%s/approve".formatted(incident, remediation),
                new JsonObject().put("digest", digest));
    }

    /** Ends a cluster's access; its streams are cut. */
    public void revoke(String cluster) {
        send(request("/api/v1/clusters/" + cluster).DELETE());
    }

    /** The same person at another node of the cloud, with the same token. */
    public ApiClient at(String node) {
        var there = new ApiClient(node);
        there.token = token;
        there.credentials = credentials;
        return there;
    }

    private JsonObject get(String path) {
        return send(request(path).GET());
    }

    private JsonObject post(String path, JsonObject body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    private JsonObject send(HttpRequest.Builder unsigned) {
        try {
            var response = ask(unsigned);
            if (response.statusCode() == 401 && !token.isEmpty()) {
                // An access token lives for minutes; a tour through all scenarios takes longer.
                signIn(credentials.getString("email"), credentials.getString("password"));
                response = ask(unsigned);
            }
            var request = response.request();
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        "%s %s: %d %s"
                                .formatted(
                                        request.method(),
                                        request.uri(),
                                        response.statusCode(),
                                        response.body()));
            }
            return response.body().isEmpty() ? new JsonObject() : new JsonObject(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the API cannot be reached at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the API", e);
        }
    }

    private HttpResponse<String> ask(HttpRequest.Builder unsigned)
            throws IOException, InterruptedException {
        var request = unsigned.copy();
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
