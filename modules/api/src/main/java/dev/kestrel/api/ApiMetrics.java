package dev.kestrel.api;

import dev.kestrel.api.http.Operation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Every metric of the API. */
public final class ApiMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger feeds = new AtomicInteger();

    public ApiMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("kestrel_feeds", feeds, AtomicInteger::get)
                .description("live feeds that are open")
                .register(registry);
    }

    /** A request was answered. */
    public void answered(Operation operation, int status, long nanos) {
        Timer.builder("kestrel_api_answered")
                .description("time from a request to its answer")
                .tag("operation", operation.id())
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Somebody tried to sign in or to stay signed in.
     *
     * @param outcome {@code signed_in}, {@code wrong_credentials}, {@code refreshed}, {@code
     *     refresh_refused}
     */
    public void signedIn(String outcome) {
        count("kestrel_sign_ins", "attempts to sign in or to stay so", "outcome", outcome);
    }

    /**
     * A person's word was given to a cluster's owner.
     *
     * @param outcome {@code taken}, {@code refused} or {@code no_owner}
     */
    public void wordGiven(Operation word, String outcome) {
        Counter.builder("kestrel_words_given")
                .description("what people said about incidents")
                .tag("word", word.id())
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    public void feedOpened() {
        feeds.incrementAndGet();
    }

    public void feedClosed() {
        feeds.decrementAndGet();
    }

    /** A feed reads too slowly: what it missed comes as a snapshot. */
    public void feedFellBehind() {
        count("kestrel_feeds_behind", "feeds that read too slowly", "what", "snapshot");
    }

    /**
     * A limit was hit.
     *
     * @param limit {@code sign_in}, {@code requests}, {@code feeds}, {@code feed_messages} or
     *     {@code passwords}
     */
    public void limitHit(String limit) {
        count("kestrel_limit_hit", "how often a limit was hit", "limit", limit);
    }

    private void count(String name, String description, String tag, String value) {
        Counter.builder(name)
                .description(description)
                .tag(tag, value)
                .register(registry)
                .increment();
    }
}
