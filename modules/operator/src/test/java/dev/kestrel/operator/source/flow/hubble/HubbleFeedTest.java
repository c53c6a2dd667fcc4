package dev.kestrel.operator.source.flow.hubble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.operator.Eventually;
import dev.kestrel.operator.TestCluster;
import dev.kestrel.operator.kube.KubeClients;
import dev.kestrel.operator.source.flow.FlowFeed;
import dev.kestrel.protocol.hubble.Endpoint;
import dev.kestrel.protocol.hubble.EventType;
import dev.kestrel.protocol.hubble.Flow;
import dev.kestrel.protocol.hubble.GetFlowsRequest;
import dev.kestrel.protocol.hubble.GetFlowsResponse;
import dev.kestrel.protocol.hubble.Layer4;
import dev.kestrel.protocol.hubble.LostEvent;
import dev.kestrel.protocol.hubble.ObserverGrpcService;
import dev.kestrel.protocol.hubble.Ports;
import dev.kestrel.protocol.hubble.TrafficDirection;
import dev.kestrel.protocol.hubble.Verdict;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The feed against a relay that speaks real gRPC. */
class HubbleFeedTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<GetFlowsRequest> asked = new CopyOnWriteArrayList<>();
    private final List<GrpcServerResponse<GetFlowsRequest, GetFlowsResponse>> followers =
            new CopyOnWriteArrayList<>();
    private final List<FlowSeen> seen = new CopyOnWriteArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private final TestCluster cluster = new TestCluster(vertx);
    private final KubernetesClient kubernetes =
            KubeClients.connect(cluster.kubeconfig("reader-token"));
    private final HttpServer relay = relay();

    private HttpServer relay() {
        var grpc = GrpcServer.server(vertx);
        grpc.callHandler(
                ObserverGrpcService.GetFlows,
                request ->
                        request.handler(
                                question -> {
                                    asked.add(question);
                                    followers.add(request.response());
                                }));
        return vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(grpc)
                .listen()
                .await();
    }

    @AfterEach
    void stop() throws Exception {
        kubernetes.close();
        cluster.close();
        vertx.close().await();
    }

    private HubbleFeed feed(String address) {
        var settings = new RelaySettings(address, "", "", "");
        var feed = new HubbleFeed(vertx, kubernetes, settings, InstantSource.system());
        feed.start(
                new FlowFeed.Listener() {
                    @Override
                    public void onFlow(FlowSeen flow) {
                        seen.add(flow);
                    }

                    @Override
                    public void onLost(long count) {
                        lost.addAndGet(count);
                    }
                });
        return feed;
    }

    private static SourceState state(HubbleFeed feed) {
        return feed.status(Instant.now()).state();
    }

    private void tell(GetFlowsResponse.Builder response) {
        vertx.runOnContext(_ -> followers.getLast().write(response.build()));
    }

    private static GetFlowsResponse.Builder drop(String pod) {
        return GetFlowsResponse.newBuilder()
                .setFlow(
                        Flow.newBuilder()
                                .setVerdict(Verdict.DROPPED)
                                .setL4(
                                        Layer4.newBuilder()
                                                .setTCP(Ports.newBuilder().setDestinationPort(80)))
                                .setSource(
                                        Endpoint.newBuilder().setNamespace("shop").setPodName(pod))
                                .setEventType(EventType.newBuilder().setType(1))
                                .setTrafficDirection(TrafficDirection.EGRESS)
                                .setDropReasonDesc(133));
    }

    @Test
    void followsDropsAndComesBackWhereItEnded() {
        var feed = feed("127.0.0.1:" + relay.actualPort());
        Eventually.until(() -> followers.size() == 1);
        tell(drop("checkout-1"));
        tell(
                GetFlowsResponse.newBuilder()
                        .setLostEvents(LostEvent.newBuilder().setNumEventsLost(9)));
        Eventually.until(() -> lost.get() == 9);
        assertThat(seen).singleElement().satisfies(flow -> assertThat(flow.port()).isEqualTo(80));
        assertThat(state(feed)).isEqualTo(SourceState.LIVE);

        vertx.runOnContext(_ -> followers.getLast().status(GrpcStatus.UNAVAILABLE).end());
        Eventually.until(() -> followers.size() == 2);
        tell(drop("checkout-2"));
        Eventually.until(() -> seen.size() == 2);

        assertThat(state(feed)).isEqualTo(SourceState.LIVE);
        assertThat(asked.getFirst().getFollow()).isTrue();
        assertThat(asked.getFirst().getWhitelist(0).getVerdictList())
                .containsExactly(Verdict.DROPPED);
        assertThat(asked.getLast().getSince().getSeconds())
                .isGreaterThanOrEqualTo(asked.getFirst().getSince().getSeconds());
        feed.stop();
    }

    @Test
    void withoutARelayItIsAbsent() {
        var feed = feed("");
        Eventually.until(() -> state(feed) == SourceState.ABSENT);

        assertThat(feed.status(Instant.now()).detail()).isEqualTo("no Service hubble-relay");
        feed.stop();
    }

    @Test
    void aRelayThatCannotBeReachedIsStale() {
        var feed = feed("127.0.0.1:1");
        Eventually.until(() -> state(feed) == SourceState.STALE);

        feed.stop();
    }

    @Test
    void whatIsSwitchedOffIsAbsent() {
        var feed = feed("off");

        assertThat(state(feed)).isEqualTo(SourceState.ABSENT);
        assertThat(feed.status(Instant.now()).detail()).isEqualTo("switched off");
        feed.stop();
    }
}
