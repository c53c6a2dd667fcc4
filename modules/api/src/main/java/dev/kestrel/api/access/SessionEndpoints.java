package dev.kestrel.api.access;

import dev.kestrel.api.access.Sessions.Session;
import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Reply;
import dev.kestrel.domain.access.Principal;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;

/** Signing in and out, staying signed in, and who one is. */
public final class SessionEndpoints {
    private static final String COOKIE = "kestrel_refresh";
    private static final String PATH = "/api/v1/session";

    private final Sessions sessions;
    private final boolean secure;

    /**
     * All of them share one cookie.
     *
     * @param secure browsers send the refresh cookie over HTTPS only
     */
    public SessionEndpoints(Sessions sessions, boolean secure) {
        this.sessions = sessions;
        this.secure = secure;
    }

    public Future<Reply> signIn(Call call) {
        var body = call.body();
        var email = body.text("email", 3, 254);
        var password = body.text("password", 1, 1024);
        body.check();
        return sessions.signIn(call, email, password).map(session -> signedIn(call, session));
    }

    /**
     * Without a cookie there is nothing to renew and nothing wrong either: a page finds out so
     * whether somebody is signed in.
     */
    public Future<Reply> refresh(Call call) {
        var token = call.cookie(COOKIE);
        if (token.isEmpty()) {
            return Future.succeededFuture(new Reply.Done());
        }
        return sessions.refresh(call, token)
                .map(session -> signedIn(call, session))
                .onFailure(_ -> call.setCookie(cookie("").setMaxAge(0)));
    }

    /**
     * The cookie is read before it is cleared: a cookie that was set is what a request then holds.
     */
    public Future<Reply> signOut(Call call) {
        var token = call.cookie(COOKIE);
        call.setCookie(cookie("").setMaxAge(0));
        return token.isEmpty()
                ? Future.succeededFuture(new Reply.Done())
                : sessions.signOut(call, token).map(new Reply.Done());
    }

    public Future<Reply> me(Call call) {
        return Future.succeededFuture(Reply.json(json(call.principal())));
    }

    private Reply signedIn(Call call, Session session) {
        call.setCookie(
                cookie(session.refreshToken()).setMaxAge(sessions.refreshLife().toSeconds()));
        return Reply.json(
                new JsonObject()
                        .put("accessToken", session.accessToken())
                        .put("tokenType", "Bearer")
                        .put("expiresIn", sessions.accessLife().toSeconds())
                        .put("principal", json(session.principal())));
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(COOKIE, value)
                .setPath(PATH)
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }

    private static JsonObject json(Principal principal) {
        return new JsonObject()
                .put("tenant", principal.tenant())
                .put("user", principal.user())
                .put("name", principal.name())
                .put("role", principal.role().name());
    }
}
