package dev.kestrel.operator.source.flow.hubble;

import com.google.protobuf.Timestamp;

import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.flow.FlowFeed;
import dev.kestrel.operator.source.flow.FlowSource;
import dev.kestrel.protocol.hubble.FlowFilter;
import dev.kestrel.protocol.hubble.GetFlowsRequest;
import dev.kestrel.protocol.hubble.GetFlowsResponse;
import dev.kestrel.protocol.hubble.Verdict;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Follows what Hubble Relay says is dropped. Where there is none it says so and looks again now and
 * then; one that ends the stream is asked again for what came since, less and less often.
 */
public final class HubbleFeed implements FlowFeed {
    private static final Logger LOG = LoggerFactory.getLogger(HubbleFeed.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Context context;
    private final KubernetesClient kubernetes;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final RelayClient client;
    private Optional<Listener> listener = Optional.empty();
    private SourceState state = SourceState.STARTING;
    private String detail = "";
    private Instant lastLive;
    private Instant lastFlow = Instant.MIN;
    private Duration wait = FIRST_WAIT;

    public HubbleFeed(
            Vertx vertx, KubernetesClient kubernetes, RelaySettings settings, InstantSource clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.kubernetes = kubernetes;
        this.settings = settings;
        this.clock = clock;
        this.client = new RelayClient(vertx, settings);
        this.lastLive = clock.instant();
    }

    @Override
    public synchronized void start(Listener to) {
        if (settings.isOff()) {
            state = SourceState.ABSENT;
            detail = "switched off";
            return;
        }
        listener = Optional.of(to);
        context.runOnContext(_ -> connect());
    }

    @Override
    public synchronized void stop() {
        listener = Optional.empty();
        client.close();
    }

    @Override
    public synchronized SourceStatus status(Instant now) {
        var live = state == SourceState.LIVE;
        return new SourceStatus(
                FlowSource.NAME,
                state,
                live ? Duration.ZERO : Duration.between(lastLive, now),
                detail);
    }

    private void connect() {
        vertx.executeBlocking(this::address, false)
                .onComplete(
                        found -> {
                            if (found.failed()) {
                                lost(String.valueOf(found.cause().getMessage()));
                            } else if (found.result().isEmpty()) {
                                absent("no Service hubble-relay");
                            } else {
                                follow(found.result().get());
                            }
                        });
    }

    private Optional<RelayAddress> address() {
        return settings.address().isEmpty()
                ? RelayAddress.find(kubernetes)
                : Optional.of(RelayAddress.parse(settings.address()));
    }

    private void follow(RelayAddress relay) {
        if (relay.tls() && !settings.hasTls()) {
            absent("the relay wants TLS: set KESTREL_HUBBLE_CA_FILE");
            return;
        }
        client.flows(relay, question())
                .onSuccess(this::listen)
                .onFailure(failure -> lost(String.valueOf(failure.getMessage())));
    }

    /** From where it ended, or from now: what was dropped before we came is over. */
    private synchronized GetFlowsRequest question() {
        var since = lastFlow.equals(Instant.MIN) ? clock.instant() : lastFlow.plusNanos(1);
        return GetFlowsRequest.newBuilder()
                .setFollow(true)
                .addWhitelist(FlowFilter.newBuilder().addVerdict(Verdict.DROPPED))
                .setSince(
                        Timestamp.newBuilder()
                                .setSeconds(since.getEpochSecond())
                                .setNanos(since.getNano()))
                .build();
    }

    private void listen(GrpcClientResponse<GetFlowsRequest, GetFlowsResponse> stream) {
        live();
        var end = Promise.<String>promise();
        stream.handler(this::onResponse);
        stream.exceptionHandler(failure -> end.tryComplete(String.valueOf(failure.getMessage())));
        stream.endHandler(
                _ -> end.tryComplete("the relay ended the stream: %s".formatted(stream.status())));
        end.future().onSuccess(this::lost);
    }

    private synchronized void onResponse(GetFlowsResponse response) {
        wait = FIRST_WAIT;
        switch (response.getResponseTypesCase()) {
            case FLOW ->
                    HubbleReading.read(response.getFlow(), clock.instant())
                            .ifPresent(
                                    flow -> {
                                        lastFlow =
                                                flow.lastAt().isAfter(lastFlow)
                                                        ? flow.lastAt()
                                                        : lastFlow;
                                        listener.ifPresent(to -> to.onFlow(flow));
                                    });
            case LOST_EVENTS ->
                    listener.ifPresent(
                            to -> to.onLost(response.getLostEvents().getNumEventsLost()));
            case RESPONSETYPES_NOT_SET -> {}
        }
    }

    private synchronized void live() {
        state = SourceState.LIVE;
        detail = "";
    }

    private synchronized void absent(String why) {
        state = SourceState.ABSENT;
        detail = why;
        again(LONGEST_WAIT);
    }

    /** A stream that was closed here is not lost. */
    private synchronized void lost(String why) {
        if (listener.isEmpty()) {
            return;
        }
        if (state == SourceState.STALE && detail.equals(why)) {
            LOG.atDebug().addKeyValue("reason", why).log("relay still not reached");
        } else {
            LOG.atWarn().addKeyValue("reason", why).log("stream of flows lost");
        }
        if (state == SourceState.LIVE) {
            lastLive = clock.instant();
        }
        state = SourceState.STALE;
        detail = why;
        again(wait);
        wait =
                wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                        ? LONGEST_WAIT
                        : wait.multipliedBy(2);
    }

    private void again(Duration after) {
        if (listener.isPresent()) {
            vertx.setTimer(after.toMillis(), _ -> connect());
        }
    }
}
