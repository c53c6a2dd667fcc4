package dev.kestrel.api.live;

import dev.kestrel.api.ApiMetrics;
import dev.kestrel.api.access.AccessTokens;
import dev.kestrel.api.access.ClusterJson;
import dev.kestrel.api.http.Rates;
import dev.kestrel.api.incident.IncidentJson;
import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells every dashboard what changed in its tenant. Hints on the bus say that something did; what
 * it is now is read once for all who watch. For one event loop.
 */
public final class LiveFeed {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration HELLO_WITHIN = Duration.ofSeconds(10);
    private static final Duration PING_EVERY = Duration.ofSeconds(20);
    private static final int STRANGERS_AT_MOST = 1000;

    private final Needs needs;
    private final Vertx vertx;
    private final Context here;
    private final FeedReader reader;
    private final Map<String, Set<FeedClient>> watching = new TreeMap<>();
    private final Set<FeedClient> strangers = new LinkedHashSet<>();
    private final Rates<FeedClient> messages = new Rates<>(1, 20);
    private final List<Bus.Registration> registrations = new ArrayList<>();

    /**
     * What the feed needs from outside.
     *
     * @param perTenant feeds at most
     */
    public record Needs(
            Bus bus,
            IncidentArchive archive,
            Clusters clusters,
            AccessTokens tokens,
            InstantSource clock,
            ApiMetrics metrics,
            int perTenant) {}

    public LiveFeed(Needs needs, Vertx vertx) {
        this.needs = needs;
        this.vertx = vertx;
        this.here = vertx.getOrCreateContext();
        this.reader = new FeedReader(needs.archive(), needs.clusters(), here);
    }

    /** Listens on the bus from now on. */
    public void start() {
        registrations.add(
                needs.bus()
                        .onFact(
                                Topics.INCIDENT_CHANGED,
                                it -> here.runOnContext(_ -> onIncident(it))));
        registrations.add(
                needs.bus()
                        .onFact(
                                Topics.CLUSTER_CHANGED,
                                it -> here.runOnContext(_ -> onCluster(it.cluster()))));
        vertx.setPeriodic(PING_EVERY.toMillis(), _ -> everyone().forEach(this::ping));
    }

    /** Ends every feed, so that clients connect to another node. */
    public Future<Void> stop() {
        everyone().forEach(client -> client.end(Goodbye.GOING_AWAY));
        return Future.join(registrations.stream().map(Bus.Registration::end).toList()).mapEmpty();
    }

    /** A connection that has not said yet who it is. */
    public void open(ServerWebSocket socket) {
        var client = new FeedClient(socket);
        socket.closeHandler(_ -> onClosed(client));
        socket.pongHandler(_ -> client.onPong());
        socket.exceptionHandler(_ -> client.end(Goodbye.TOO_LARGE));
        if (strangers.size() >= STRANGERS_AT_MOST) {
            needs.metrics().limitHit("feeds");
            client.end(Goodbye.TOO_MANY);
            return;
        }
        strangers.add(client);
        needs.metrics().feedOpened();
        socket.textMessageHandler(text -> onMessage(client, text));
        socket.binaryMessageHandler(_ -> client.end(Goodbye.NOT_UNDERSTOOD));
        vertx.setTimer(
                HELLO_WITHIN.toMillis(),
                _ -> {
                    if (client.principal().isEmpty()) {
                        client.end(Goodbye.NO_HELLO);
                    }
                });
    }

    private void onMessage(FeedClient client, String text) {
        if (messages.take(client, needs.clock().instant()).isPositive()) {
            needs.metrics().limitHit("feed_messages");
            client.end(Goodbye.TOO_MANY);
            return;
        }
        switch (Hello.parse(text)) {
            case Hello.First hello when client.principal().isEmpty() ->
                    trust(client, hello.token()).onSuccess(_ -> admit(client, hello.revisions()));
            case Hello.Renewed renewed when client.principal().isPresent() ->
                    trust(client, renewed.token());
            case Hello.First _, Hello.Renewed _, Hello.Unknown() ->
                    client.end(Goodbye.NOT_UNDERSTOOD);
        }
    }

    /** The feed ends when the token does, unless a newer one came by then. */
    private Future<AccessTokens.Verified> trust(FeedClient client, String token) {
        return needs.tokens()
                .verify(token)
                .onFailure(_ -> client.end(Goodbye.TOKEN_REFUSED))
                .onSuccess(
                        it -> {
                            if (client.trust(it.principal(), it.until())) {
                                endAtExpiry(client);
                            } else {
                                client.end(Goodbye.TOKEN_REFUSED);
                            }
                        });
    }

    private void endAtExpiry(FeedClient client) {
        var left = Duration.between(needs.clock().instant(), client.until());
        vertx.setTimer(
                Math.max(1, left.toMillis()),
                _ -> {
                    if (!needs.clock().instant().isBefore(client.until())) {
                        client.end(Goodbye.TOKEN_REFUSED);
                    }
                });
    }

    private void admit(FeedClient client, Map<String, Long> revisions) {
        var tenant = client.principal().orElseThrow().tenant();
        var others = watching.computeIfAbsent(tenant, _ -> new LinkedHashSet<>());
        if (others.size() >= needs.perTenant()) {
            needs.metrics().limitHit("feeds");
            client.end(Goodbye.TOO_MANY);
            return;
        }
        if (strangers.remove(client) && others.add(client)) {
            catchUp(client, revisions);
        }
    }

    private void catchUp(FeedClient client, Map<String, Long> revisions) {
        client.beginCatchingUp();
        reader.whole(client.principal().orElseThrow().tenant(), revisions)
                .onSuccess(
                        whole -> {
                            switch (client.caughtUp(whole)) {
                                case CATCH_UP -> catchUp(client, Map.of());
                                case NOTHING -> watchQueue(client);
                            }
                        })
                .onFailure(
                        failure -> {
                            LOG.warn("a live feed could not be read", failure);
                            client.end(Goodbye.GOING_AWAY);
                        });
    }

    private void watchQueue(FeedClient client) {
        if (client.fellBehind()) {
            needs.metrics().feedFellBehind();
            client.socket()
                    .drainHandler(
                            _ -> {
                                client.socket().drainHandler(null);
                                catchUp(client, Map.of());
                            });
        }
    }

    private void onIncident(Topics.IncidentChanged changed) {
        var tenant = changed.cluster().tenant();
        if (watching.containsKey(tenant)) {
            Future.fromCompletionStage(needs.archive().find(tenant, changed.incident()), here)
                    .onSuccess(
                            found ->
                                    found.ifPresent(
                                            it ->
                                                    tell(
                                                            tenant,
                                                            "incident/" + it.id(),
                                                            FeedMessage.changed(
                                                                    IncidentJson.summary(it)))))
                    .onFailure(failure -> missed(tenant, failure));
        }
    }

    private void onCluster(ClusterRef cluster) {
        if (watching.containsKey(cluster.tenant())) {
            Future.fromCompletionStage(
                            needs.clusters().find(cluster.tenant(), cluster.cluster()), here)
                    .onSuccess(
                            found ->
                                    found.ifPresent(
                                            it ->
                                                    tell(
                                                            cluster.tenant(),
                                                            "cluster/" + cluster.cluster(),
                                                            FeedMessage.cluster(
                                                                    ClusterJson.of(it)))))
                    .onFailure(failure -> missed(cluster.tenant(), failure));
        }
    }

    private void tell(String tenant, String key, String message) {
        for (var client : List.copyOf(watching.getOrDefault(tenant, Set.of()))) {
            client.offer(key, message);
            watchQueue(client);
        }
    }

    /** What could not be read now is read by the clients when they come back. */
    private void missed(String tenant, Throwable failure) {
        LOG.warn("a change could not be read for the live feed", failure);
        List.copyOf(watching.getOrDefault(tenant, Set.of()))
                .forEach(client -> client.end(Goodbye.GOING_AWAY));
    }

    private void ping(FeedClient client) {
        if (!client.ping(Buffer.buffer("kestrel"))) {
            client.end(Goodbye.GOING_AWAY);
        }
    }

    private List<FeedClient> everyone() {
        var all = new ArrayList<>(strangers);
        watching.values().forEach(all::addAll);
        return all;
    }

    private void onClosed(FeedClient client) {
        client.onClosed();
        var known = strangers.remove(client);
        var tenant = client.principal().map(it -> it.tenant()).orElse("");
        var others = watching.getOrDefault(tenant, Set.of());
        if (known || others.remove(client)) {
            needs.metrics().feedClosed();
        }
        if (others.isEmpty()) {
            watching.remove(tenant);
        }
    }
}
