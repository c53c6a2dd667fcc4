package dev.kestrel.api.access;

import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Code;
import dev.kestrel.api.http.Problem;
import dev.kestrel.api.http.Reply;
import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Clusters.Registered;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Listing, inviting and revoking clusters. */
public final class ClusterEndpoints {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?");

    private final Clusters clusters;
    private final Enrolments enrolments;
    private final AuditLog audit;
    private final Bus bus;
    private final Supplier<OperatorInstall> install;
    private final SecureRandom random;

    public ClusterEndpoints(
            Clusters clusters,
            Enrolments enrolments,
            AuditLog audit,
            Bus bus,
            Supplier<OperatorInstall> install,
            SecureRandom random) {
        this.clusters = clusters;
        this.enrolments = enrolments;
        this.audit = audit;
        this.bus = bus;
        this.install = install;
        this.random = random;
    }

    public Future<Reply> list(Call call) {
        return call.wait(clusters.list(call.principal().tenant()))
                .map(
                        found -> {
                            var all = new JsonArray();
                            found.forEach(cluster -> all.add(ClusterJson.of(cluster)));
                            return Reply.json(new JsonObject().put("clusters", all));
                        });
    }

    public Future<Reply> read(Call call) {
        return find(call, call.path("id")).map(found -> Reply.json(ClusterJson.of(found)));
    }

    private Future<Registered> find(Call call, String id) {
        return call.wait(clusters.find(call.principal().tenant(), id))
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                Problem.of(
                                                                Code.NOT_FOUND,
                                                                "There is no such cluster.")
                                                        .raised()));
    }

    public Future<Reply> add(Call call) {
        var body = call.body();
        var name = body.text("name", 63, NAME);
        body.check();
        var cluster = new ClusterRef(call.principal().tenant(), newId());
        var token = JoinToken.draw(random);
        var until = call.at().plus(TOKEN_LIFE);
        return call.wait(enrolments.offer(cluster, name, token.digest(), until))
                .compose(
                        offered ->
                                offered
                                        ? record(call, "cluster.invite", cluster, name)
                                        : Future.failedFuture(
                                                Problem.of(
                                                                Code.ALREADY_EXISTS,
                                                                "A cluster has the name %s."
                                                                        .formatted(name))
                                                        .raised()))
                .compose(_ -> find(call, cluster.cluster()))
                .onSuccess(_ -> tellChanged(cluster))
                .map(
                        found ->
                                new Reply.Json(
                                        201,
                                        new JsonObject()
                                                .put("cluster", ClusterJson.of(found))
                                                .put("joinToken", token.reveal())
                                                .put("expiresAt", until.toString())
                                                .put(
                                                        "helmCommand",
                                                        install.get()
                                                                .helmCommand(name, token.reveal()))
                                                .encode()));
    }

    private String newId() {
        var bytes = new byte[6];
        random.nextBytes(bytes);
        return "c-" + HexFormat.of().formatHex(bytes);
    }

    /** Audited first: a revocation that nobody can look up must not happen. */
    public Future<Reply> revoke(Call call) {
        return find(call, call.path("id"))
                .compose(
                        found ->
                                record(call, "cluster.revoke", found.ref(), found.name())
                                        .compose(
                                                _ ->
                                                        call.wait(
                                                                clusters.revoke(
                                                                        found.ref(), call.at())))
                                        .onSuccess(
                                                _ -> {
                                                    bus.tell(
                                                            Topics.IDENTITY_REVOKED,
                                                            new Topics.IdentityRevoked(
                                                                    found.ref(), ""));
                                                    tellChanged(found.ref());
                                                }))
                .map(new Reply.Done());
    }

    private void tellChanged(ClusterRef cluster) {
        bus.tell(Topics.CLUSTER_CHANGED, new Topics.ClusterChanged(cluster));
    }

    private Future<Void> record(Call call, String action, ClusterRef cluster, String name) {
        return call.wait(
                        audit.append(
                                cluster.tenant(),
                                call.principal().name(),
                                action,
                                "cluster/" + cluster.cluster(),
                                "name " + name,
                                call.at()))
                .mapEmpty();
    }
}
