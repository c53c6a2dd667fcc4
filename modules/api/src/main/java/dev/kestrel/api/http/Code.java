package dev.kestrel.api.http;

import java.util.Locale;

/** Kinds of problems, for programs; each with what people read and what they can do. */
public enum Code {
    INVALID_REQUEST(
            400, "The request is not valid", "Correct what errors lists and send it again."),
    NOT_SIGNED_IN(401, "Not signed in", "Sign in, or refresh the access token."),
    WRONG_CREDENTIALS(
            401, "E-mail address or password is wrong", "Check both; an admin can set a new one."),
    NOT_PERMITTED(403, "Not permitted", "Ask an admin of your tenant for the role that may."),
    NOT_FOUND(404, "Not found", "Check the address; it may have been removed."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "See /api/v1/openapi.yaml for the methods."),
    REFUSED(409, "Refused", "Read the incident again and decide on what it says now."),
    ALREADY_EXISTS(409, "Already exists", "Choose another name."),
    BODY_TOO_LARGE(413, "The body is too large", "Send less; the limit is in detail."),
    UNSUPPORTED_MEDIA_TYPE(415, "Not JSON", "Send Content-Type: application/json."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Wait as long as Retry-After says."),
    INTERNAL(500, "Something went wrong here", "Try again; if it stays, look at the server's log."),
    NO_OWNER(
            503,
            "The cluster has no owner right now",
            "Try again in a few seconds; nothing was done."),
    UNAVAILABLE(503, "Not available right now", "Try again in a few seconds.");

    private final int status;
    private final String title;
    private final String action;

    Code(int status, String title, String action) {
        this.status = status;
        this.title = title;
        this.action = action;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String action() {
        return action;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
