package dev.kestrel.simulator.scenario;

import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.network.Caller;
import dev.kestrel.simulator.network.Reply;
import dev.kestrel.simulator.network.Resolution;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Duration;
import java.time.Instant;

/** Looks into the cluster whether an expected effect is true now. */
final class Effects {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Effects() {}

    static boolean hold(Inside inside, Effect effect) {
        return switch (effect) {
            case Effect.Available(var workload) -> isAvailable(inside, workload);
            case Effect.Endpoints(var namespace, var service, var least) ->
                    ready(inside, namespace, service) >= least;
            case Effect.Resolves(var namespace, var host) ->
                    inside.network().resolve(host, Caller.in(namespace))
                            instanceof Resolution.Found;
            case Effect.Answers(var namespace, var app, var url) ->
                    inside.network()
                                            .get(
                                                    url,
                                                    caller(inside, namespace, app),
                                                    PATIENCE,
                                                    inside.now())
                                    instanceof Reply.Answered answer
                            && answer.code() < 400;
            case Effect.Calm(var namespace, var app, var past) ->
                    inside.store().list(ResourceTypes.POD).stream()
                            .filter(pod -> pod.namespace().equals(namespace))
                            .filter(pod -> app.equals(pod.labels().get("app")))
                            .filter(pod -> !pod.text("status", "phase").equals("Failed"))
                            .allMatch(pod -> isCalm(pod, inside.now().minus(past)));
        };
    }

    private static Caller caller(Inside inside, String namespace, String app) {
        return inside.store().list(ResourceTypes.POD).stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .filter(pod -> app.equals(pod.labels().get("app")))
                .map(pod -> new Caller(namespace, pod.name()))
                .findFirst()
                .orElseGet(() -> Caller.in(namespace));
    }

    private static boolean isAvailable(Inside inside, ResourceKey key) {
        var found = inside.registry().find(key);
        return found.isPresent() && isAvailable(found.get());
    }

    private static boolean isAvailable(KubeObject workload) {
        int wanted = workload.number("spec", "replicas");
        return wanted > 0
                && workload.at("status", "observedGeneration").asLong() == workload.generation()
                && workload.number("status", "replicas") == wanted
                && workload.number("status", "updatedReplicas") == wanted
                && workload.number("status", "availableReplicas") == wanted;
    }

    private static long ready(Inside inside, String namespace, String service) {
        return inside.store().list(ResourceTypes.ENDPOINT_SLICE).stream()
                .filter(slice -> slice.namespace().equals(namespace))
                .filter(slice -> service.equals(slice.labels().get("kubernetes.io/service-name")))
                .flatMap(slice -> Json.items(slice.at("endpoints")).stream())
                .filter(endpoint -> endpoint.at("/conditions/ready").asBoolean())
                .count();
    }

    private static boolean isCalm(KubeObject pod, Instant since) {
        for (var status : pod.at("status", "containerStatuses")) {
            var ended = status.at("/lastState/terminated/finishedAt").asText("");
            if (!status.path("state").has("running")
                    || (!ended.isEmpty() && Instant.parse(ended).isAfter(since))
                    || Instant.parse(status.at("/state/running/startedAt").asText())
                            .isAfter(since)) {
                return false;
            }
        }
        return true;
    }
}
