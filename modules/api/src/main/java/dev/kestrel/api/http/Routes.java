package dev.kestrel.api.http;

import dev.kestrel.api.ApiMetrics;
import dev.kestrel.domain.access.Principal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns operations into routes. Who calls, how often, and whether they may is decided here, in that
 * order, before an endpoint hears of the call; so is how an answer or a problem is written.
 */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String BEARER = "Bearer ";

    private final Function<String, Future<Principal>> verify;
    private final Rates<String> rates;
    private final InstantSource clock;
    private final ApiMetrics metrics;
    private final int bodyBytes;

    /**
     * One per router.
     *
     * @param verify says whose an access token is; fails with a {@link ProblemException}
     */
    public Routes(
            Function<String, Future<Principal>> verify,
            Rates<String> rates,
            InstantSource clock,
            ApiMetrics metrics,
            int bodyBytes) {
        this.verify = verify;
        this.rates = rates;
        this.clock = clock;
        this.metrics = metrics;
        this.bodyBytes = bodyBytes;
    }

    /**
     * A router that serves every operation.
     *
     * @throws IllegalStateException when an operation has no endpoint
     */
    public Router router(Vertx vertx, Map<Operation, Endpoint> endpoints) {
        var missing = EnumSet.allOf(Operation.class);
        missing.removeAll(endpoints.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("operations without an endpoint: " + missing);
        }
        var router = Router.router(vertx);
        router.route().handler(SecurityHeaders::add);
        endpoints.forEach((operation, endpoint) -> add(router, operation, endpoint));
        for (var status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, context -> fail(context, problem(context)));
        }
        return router;
    }

    private void add(Router router, Operation operation, Endpoint endpoint) {
        var path = operation.path().replaceAll("\\{([a-z]+)}", ":$1");
        var route = router.route(operation.method(), path);
        if (operation.hasBody()) {
            route.handler(BodyHandler.create(false).setBodyLimit(bodyBytes));
        }
        route.handler(context -> serve(context, operation, endpoint));
    }

    private void serve(RoutingContext context, Operation operation, Endpoint endpoint) {
        var start = System.nanoTime();
        context.addEndHandler(
                _ ->
                        metrics.answered(
                                operation,
                                context.response().getStatusCode(),
                                System.nanoTime() - start));
        caller(context, operation)
                .compose(
                        principal -> {
                            checkContentType(context, operation);
                            return endpoint.answer(new Call(context, principal, clock.instant()));
                        })
                .onSuccess(reply -> send(context, reply))
                .onFailure(context::fail);
    }

    private Future<Principal> caller(RoutingContext context, Operation operation) {
        if (operation.access() == Access.OPEN) {
            return Future.succeededFuture(Call.NOBODY);
        }
        var header = context.request().getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return Future.failedFuture(
                    Problem.of(Code.NOT_SIGNED_IN, "There is no bearer token.").raised());
        }
        return verify.apply(header.substring(BEARER.length()))
                .map(principal -> admitted(principal, operation));
    }

    private Principal admitted(Principal principal, Operation operation) {
        var wait = rates.take(principal.tenant() + "/" + principal.user(), clock.instant());
        if (wait.isPositive()) {
            metrics.limitHit("requests");
            throw Problem.tooMany("You send requests faster than is allowed.", wait).raised();
        }
        if (!operation.access().admits(principal.role())) {
            throw Problem.of(
                            Code.NOT_PERMITTED,
                            "This needs the role %s; you have %s."
                                    .formatted(operation.access(), principal.role()))
                    .raised();
        }
        return principal;
    }

    private static void checkContentType(RoutingContext context, Operation operation) {
        var type = context.request().getHeader("Content-Type");
        if (operation.hasBody()
                && (type == null || !type.strip().matches("(?i)application/json(\\s*;.*)?"))) {
            throw Problem.of(
                            Code.UNSUPPORTED_MEDIA_TYPE,
                            type == null ? "There is no Content-Type." : "The body is not JSON.")
                    .raised();
        }
    }

    private static void send(RoutingContext context, Reply reply) {
        var response = context.response().putHeader("Cache-Control", "no-store");
        switch (reply) {
            case Reply.Json json ->
                    response.setStatusCode(json.status())
                            .putHeader("Content-Type", "application/json")
                            .end(json.text());
            case Reply.Text text ->
                    response.putHeader("Content-Type", text.contentType()).end(text.text());
            case Reply.Done() -> response.setStatusCode(204).end();
        }
    }

    private Problem problem(RoutingContext context) {
        if (context.failure() instanceof ProblemException known) {
            return known.problem();
        }
        if (context.failure() instanceof HttpException || context.failure() == null) {
            return problem(context.statusCode(), context);
        }
        LOG.atError()
                .setCause(context.failure())
                .addKeyValue("path", context.normalizedPath())
                .log("request failed");
        return Problem.of(Code.INTERNAL, "The request could not be served.");
    }

    private Problem problem(int status, RoutingContext context) {
        return switch (status) {
            case 404 -> Problem.of(Code.NOT_FOUND, "There is nothing at this address.");
            case 405 ->
                    Problem.of(
                            Code.METHOD_NOT_ALLOWED,
                            "This address does not take %s.".formatted(context.request().method()));
            case 413 ->
                    Problem.of(
                            Code.BODY_TOO_LARGE, "A body may have %d bytes.".formatted(bodyBytes));
            default -> Problem.of(Code.INVALID_REQUEST, "The request could not be read.");
        };
    }

    private static void fail(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        if (problem.code() == Code.NOT_SIGNED_IN) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.retryAfter().isPositive()) {
            response.putHeader(
                    "Retry-After", Long.toString(problem.retryAfter().plusMillis(999).toSeconds()));
        }
        response.setStatusCode(problem.code().status())
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.json(context.normalizedPath()).encode());
    }
}
