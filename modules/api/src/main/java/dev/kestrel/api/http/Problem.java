package dev.kestrel.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.List;

/**
 * Why a request was not done: what happened, where, and what to do.
 *
 * @param refusal for {@link Code#REFUSED}: its name; else empty
 * @param mistakes for {@link Code#INVALID_REQUEST}: every one
 * @param retryAfter when to try again; zero where that would not help or is not known
 */
public record Problem(
        Code code, String detail, String refusal, List<Mistake> mistakes, Duration retryAfter) {
    public Problem {
        mistakes = List.copyOf(mistakes);
    }

    public static Problem of(Code code, String detail) {
        return new Problem(code, detail, "", List.of(), Duration.ZERO);
    }

    static Problem invalid(List<Mistake> mistakes) {
        return new Problem(
                Code.INVALID_REQUEST,
                "%d mistakes, listed in errors.".formatted(mistakes.size()),
                "",
                mistakes,
                Duration.ZERO);
    }

    public static Problem refused(String refusal, String detail) {
        return new Problem(Code.REFUSED, detail, refusal, List.of(), Duration.ZERO);
    }

    public static Problem tooMany(String detail, Duration retryAfter) {
        return new Problem(Code.TOO_MANY_REQUESTS, detail, "", List.of(), retryAfter);
    }

    /** One thing that is wrong with a request, and where. */
    public record Mistake(String at, String problem) {}

    /** As an exception, to leave a chain of futures with. */
    public ProblemException raised() {
        return new ProblemException(this);
    }

    JsonObject json(String instance) {
        var json =
                new JsonObject()
                        .put("type", "urn:kestrel:problem:" + code.text())
                        .put("title", code.title())
                        .put("status", code.status())
                        .put("code", code.text())
                        .put("detail", detail)
                        .put("instance", instance)
                        .put("action", code.action());
        if (!refusal.isEmpty()) {
            json.put("refusal", refusal);
        }
        if (!mistakes.isEmpty()) {
            var errors = new JsonArray();
            mistakes.forEach(
                    it ->
                            errors.add(
                                    new JsonObject()
                                            .put("at", it.at())
                                            .put("problem", it.problem())));
            json.put("errors", errors);
        }
        return json;
    }
}
