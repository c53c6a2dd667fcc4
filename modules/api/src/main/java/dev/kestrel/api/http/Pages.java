package dev.kestrel.api.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;

import java.util.List;

/**
 * Serves the dashboard from the classpath. Files under {@code assets/} carry a digest in their name
 * and are kept by browsers for good; every page that is not a file is the application itself, which
 * finds its way by the address.
 */
public final class Pages {
    /** Not a name that a working folder may have: files there would come before the classpath. */
    private static final String ROOT = "dev/kestrel/api/dashboard";

    private static final List<String> NO_PAGES =
            List.of("/api/", "/.well-known/", "/assets/", "/healthz", "/readyz", "/metrics");

    private Pages() {}

    /** Adds the dashboard behind everything that the router serves already. */
    public static void addTo(Router router) {
        router.get("/assets/*")
                .handler(
                        context -> {
                            context.response()
                                    .putHeader(
                                            "Cache-Control", "public, max-age=31536000, immutable");
                            context.next();
                        })
                .handler(
                        StaticHandler.create(FileSystemAccess.RELATIVE, ROOT + "/assets")
                                .setCachingEnabled(false)
                                .setDirectoryListing(false))
                .handler(
                        context -> {
                            context.response().headers().remove("Cache-Control");
                            context.fail(404);
                        });
        router.get()
                .handler(Pages::revalidate)
                .handler(
                        StaticHandler.create(FileSystemAccess.RELATIVE, ROOT)
                                .setCachingEnabled(false)
                                .setDirectoryListing(false))
                .handler(Pages::application);
    }

    private static void revalidate(RoutingContext context) {
        if (isPage(context)) {
            context.response().putHeader("Cache-Control", "no-cache");
            context.next();
        } else {
            context.fail(404);
        }
    }

    private static boolean isPage(RoutingContext context) {
        return NO_PAGES.stream().noneMatch(context.normalizedPath()::startsWith);
    }

    private static void application(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .sendFile(ROOT + "/index.html")
                .onFailure(
                        _ -> {
                            context.response().headers().remove("Content-Type");
                            context.fail(404);
                        });
    }
}
