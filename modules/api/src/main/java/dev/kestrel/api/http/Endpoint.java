package dev.kestrel.api.http;

import io.vertx.core.Future;

/** Answers one operation. Fails with a {@link ProblemException} when it cannot. */
@FunctionalInterface
public interface Endpoint {
    Future<Reply> answer(Call call);
}
