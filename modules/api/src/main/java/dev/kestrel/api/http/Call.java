package dev.kestrel.api.http;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One request as an operation sees it: who calls, when, and with what. */
public final class Call {
    /** Calls to open operations: nobody in particular. */
    static final Principal NOBODY = new Principal("", "", "", Role.VIEWER);

    private final RoutingContext context;
    private final Context here;
    private final Principal principal;
    private final Instant at;

    Call(RoutingContext context, Principal principal, Instant at) {
        this.context = context;
        this.here = context.vertx().getOrCreateContext();
        this.principal = principal;
        this.at = at;
    }

    /** Who calls; their tenant is the only one that this call may touch. */
    public Principal principal() {
        return principal;
    }

    public Instant at() {
        return at;
    }

    /** Network address of the caller. */
    public String address() {
        var remote = context.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    }

    public String path(String name) {
        return Optional.ofNullable(context.pathParam(name)).filter(Input::isText).orElse("");
    }

    public Input query() {
        var query = new JsonObject();
        for (var name : context.queryParams().names()) {
            query.put(name, List.copyOf(context.queryParams().getAll(name)));
        }
        return new Input("query", query);
    }

    /** The body's members; fails the call when it is not a JSON object. */
    public Input body() {
        try {
            var body = context.body().asJsonObject();
            if (body != null) {
                return new Input("body", body);
            }
        } catch (DecodeException | ClassCastException notAnObject) {
            throw Problem.invalid(List.of(new Problem.Mistake("body", "must be a JSON object")))
                    .raised();
        }
        throw Problem.invalid(List.of(new Problem.Mistake("body", "is missing"))).raised();
    }

    /** Value of a cookie; empty when it was not sent. */
    public String cookie(String name) {
        return Optional.ofNullable(context.request().getCookie(name))
                .map(Cookie::getValue)
                .orElse("");
    }

    public void setCookie(Cookie cookie) {
        context.response().addCookie(cookie);
    }

    /** What a port promised, on this call's event loop. */
    public <T> Future<T> wait(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, here);
    }
}
