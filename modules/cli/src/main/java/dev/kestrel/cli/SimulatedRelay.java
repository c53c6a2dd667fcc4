package dev.kestrel.cli;

import com.google.protobuf.Timestamp;

import dev.kestrel.protocol.hubble.Endpoint;
import dev.kestrel.protocol.hubble.EventType;
import dev.kestrel.protocol.hubble.Flow;
import dev.kestrel.protocol.hubble.GetFlowsRequest;
import dev.kestrel.protocol.hubble.GetFlowsResponse;
import dev.kestrel.protocol.hubble.IP;
import dev.kestrel.protocol.hubble.Layer4;
import dev.kestrel.protocol.hubble.ObserverGrpcService;
import dev.kestrel.protocol.hubble.Ports;
import dev.kestrel.protocol.hubble.TrafficDirection;
import dev.kestrel.protocol.hubble.Verdict;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.resource.KubeObject;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.streams.WriteStream;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hubble Relay in front of a simulated network: who follows it hears of each denied packet twice,
 * as Cilium tells it, and which policy it was is not said.
 */
public final class SimulatedRelay {
    private static final int DROP = 1;
    private static final int POLICY_VERDICT = 5;
    private static final int POLICY_DENIED = 133;
    private static final GetFlowsResponse NODES =
            GetFlowsResponse.newBuilder().setNodeName("simulated").build();

    private final Context context;
    private final HttpServer server;
    private final List<WriteStream<GetFlowsResponse>> followers = new ArrayList<>();

    private SimulatedRelay(Vertx vertx, SimulatedCluster cluster) {
        context = vertx.getOrCreateContext();
        var grpc = GrpcServer.server(vertx);
        grpc.callHandler(ObserverGrpcService.GetFlows, this::onFollower);
        server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(grpc);
        cluster.inside(
                inside -> {
                    inside.network().observe(this::onFlow);
                    return true;
                });
    }

    /** Listens on a free port of this machine. */
    public static Future<SimulatedRelay> start(Vertx vertx, SimulatedCluster cluster) {
        var relay = new SimulatedRelay(vertx, cluster);
        return relay.server.listen().map(relay);
    }

    /** As {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    private void onFollower(GrpcServerRequest<GetFlowsRequest, GetFlowsResponse> request) {
        request.handler(
                _ ->
                        context.runOnContext(
                                _ -> {
                                    // The real one begins by naming the nodes that it reaches: a
                                    // quiet network is told from a relay that does not answer.
                                    request.response().write(NODES);
                                    followers.add(request.response());
                                    request.response()
                                            .exceptionHandler(
                                                    _ -> followers.remove(request.response()));
                                }));
    }

    private void onFlow(dev.kestrel.simulator.network.Flow flow) {
        if (!flow.allowed()) {
            context.runOnContext(_ -> told(flow).forEach(this::tell));
        }
    }

    private void tell(Flow flow) {
        var response = GetFlowsResponse.newBuilder().setFlow(flow).build();
        List.copyOf(followers).forEach(follower -> follower.write(response));
    }

    private static Stream<Flow> told(dev.kestrel.simulator.network.Flow flow) {
        return Stream.generate(() -> Stream.of(POLICY_VERDICT, DROP))
                .limit(flow.packets())
                .flatMap(types -> types.map(type -> told(flow, type)));
    }

    private static Flow told(dev.kestrel.simulator.network.Flow flow, int type) {
        return Flow.newBuilder()
                .setTime(time(flow.at()))
                .setVerdict(Verdict.DROPPED)
                .setIP(
                        IP.newBuilder()
                                .setSource(address(flow.from()))
                                .setDestination(address(flow.to())))
                .setL4(layer(flow))
                .setSource(end(flow.from()))
                .setDestination(end(flow.to()))
                .setEventType(EventType.newBuilder().setType(type))
                .setTrafficDirection(
                        flow.inward() ? TrafficDirection.INGRESS : TrafficDirection.EGRESS)
                .setDropReasonDesc(POLICY_DENIED)
                .build();
    }

    private static Layer4 layer(dev.kestrel.simulator.network.Flow flow) {
        var ports = Ports.newBuilder().setDestinationPort(flow.port());
        return switch (flow.protocol()) {
            case "UDP" -> Layer4.newBuilder().setUDP(ports).build();
            default -> Layer4.newBuilder().setTCP(ports).build();
        };
    }

    private static Endpoint end(KubeObject pod) {
        return Endpoint.newBuilder().setNamespace(pod.namespace()).setPodName(pod.name()).build();
    }

    private static String address(KubeObject pod) {
        return pod.text("status", "podIP");
    }

    private static Timestamp time(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    /** Ends every stream. */
    public Future<Void> stop() {
        return server.close();
    }
}
