package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.api.SimulatedApiServer.Options;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.write.Refusal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Takes each request through the gates of an API server: who, whether allowed, what, audit. */
final class ApiFront {
    private static final int AUDIT_LIMIT = 100_000;

    private final SimulatedCluster cluster;
    private final List<Identity> identities;
    private final Streams streams;
    private final Deque<AuditEntry> audit = new ArrayDeque<>();

    ApiFront(Vertx vertx, SimulatedCluster cluster, Options options) {
        this.cluster = cluster;
        this.identities = options.identities();
        this.streams = new Streams(vertx, cluster, options.bookmarks());
    }

    void answer(HttpServerRequest request) {
        var target = Target.of(request.method(), request.path(), request.params());
        var who = identify(request);
        var user = who.map(Identity::user).orElse("system:anonymous");
        try {
            if (isHealth(request.path())) {
                text(request, "ok");
                note(target, user, 200);
                return;
            }
            var identity = who.orElseThrow(Refusal::unauthorized);
            Reviews.require(target, identity);
            serve(request, target, identity);
        } catch (Refusal refusal) {
            refuse(request, target, user, refusal);
        }
    }

    private void serve(HttpServerRequest request, Target target, Identity identity) {
        if (target.resource().isEmpty()) {
            var answer = Discovery.answer(target.path()).orElseThrow(Refusal::noSuchResource);
            send(request, target, identity, 200, answer);
        } else if (target.verb().equals("watch")) {
            target.served();
            note(target, identity.user(), 200);
            streams.watch(request, target);
        } else if (target.subresource().equals("log")) {
            streams.log(request, target);
            note(target, identity.user(), 200);
        } else {
            request.body()
                    .onSuccess(body -> object(request, target, identity, body))
                    .onFailure(_ -> note(target, identity.user(), 499));
        }
    }

    private void object(HttpServerRequest request, Target target, Identity identity, Buffer body) {
        try {
            if (Reviews.covers(target)) {
                var review = Reviews.parsed(Json.parse(body.toString()));
                send(request, target, identity, 201, Reviews.answer(target, review, identity));
                return;
            }
            target.served();
            var type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
            var agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
            var answer =
                    cluster.inside(
                            inside ->
                                    new ObjectRequests(inside, target, agent)
                                            .answer(type, body.toString()));
            send(request, target, identity, answer.code(), answer.body());
        } catch (Refusal refusal) {
            refuse(request, target, identity.user(), refusal);
        }
    }

    private Optional<Identity> identify(HttpServerRequest request) {
        var header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return identities.stream()
                .filter(identity -> header.equals("Bearer " + identity.token()))
                .findFirst();
    }

    private static boolean isHealth(String path) {
        return List.of("/healthz", "/readyz", "/livez").contains(path);
    }

    private static void text(HttpServerRequest request, String text) {
        request.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(text);
    }

    private void send(
            HttpServerRequest request, Target target, Identity identity, int code, JsonNode body) {
        note(target, identity.user(), code);
        json(request, code, body);
    }

    private void refuse(HttpServerRequest request, Target target, String user, Refusal refusal) {
        note(target, user, refusal.code());
        json(request, refusal.code(), refusal.status());
    }

    private static void json(HttpServerRequest request, int code, JsonNode body) {
        var response = request.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(code).putHeader("Content-Type", "application/json");
            response.end(body.toString());
        }
    }

    private void note(Target target, String user, int code) {
        synchronized (audit) {
            audit.addLast(
                    new AuditEntry(
                            target.verb(),
                            target.group(),
                            target.fullResource(),
                            target.namespace(),
                            target.name(),
                            user,
                            target.path(),
                            code));
            if (audit.size() > AUDIT_LIMIT) {
                audit.removeFirst();
            }
        }
    }

    List<AuditEntry> audit() {
        synchronized (audit) {
            return List.copyOf(audit);
        }
    }

    void dropStreams() {
        streams.drop();
    }

    void muteStreams() {
        streams.mute();
    }
}
