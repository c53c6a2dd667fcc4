package dev.kestrel.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Speaks to the REST API as any program would: signs in, reads incidents, decides. Calls block. */
final class ApiClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private String token = "";

    ApiClient(String address) {
        this.address = address;
    }

    void signIn(String email, String password) {
        var session =
                post(
                        "/api/v1/session",
                        new JsonObject().put("email", email).put("password", password));
        token = session.getString("accessToken");
    }

    /** Summaries, newest first. */
    List<JsonObject> incidents() {
        var page = get("/api/v1/incidents?limit=100");
        return page.getJsonArray("incidents", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Whether the cluster's operator is heard. */
    boolean isConnected(String cluster) {
        return get("/api/v1/clusters/" + cluster).getBoolean("connected");
    }

    JsonObject incident(String id) {
        return get("/api/v1/incidents/" + id);
    }

    void approve(String incident, String remediation, String digest) {
        post(
                "/api/v1/incidents/%s/remediations/%s/approve".formatted(incident, remediation),
                new JsonObject().put("digest", digest));
    }

    private JsonObject get(String path) {
        return send(request(path).GET().build());
    }

    private JsonObject post(String path, JsonObject body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonObject send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
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
}
