package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.LabelSelector;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.util.List;
import java.util.Optional;

/**
 * Keeps one slice of endpoints per Service: the pods its selector matches and how ready they are.
 */
public final class EndpointSliceController implements Controller {
    private final Actor actor;

    public EndpointSliceController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("endpoint-slice-controller"));
    }

    @Override
    public void reconcile() {
        for (var service : actor.list(ResourceTypes.SERVICE)) {
            if (!service.at("spec", "selector").isEmpty()) {
                reconcile(service);
            }
        }
    }

    private void reconcile(KubeObject service) {
        var selector = LabelSelector.ofMap(Json.strings(service.at("spec", "selector")));
        var pods =
                actor.list(ResourceTypes.POD).stream()
                        .filter(pod -> pod.namespace().equals(service.namespace()))
                        .filter(pod -> selector.matches(pod.labels()))
                        .filter(pod -> !pod.text("status", "podIP").isEmpty())
                        .filter(pod -> !isOver(pod))
                        .toList();
        var endpoints = Json.array();
        pods.forEach(pod -> endpoints.add(endpoint(pod)));
        var ports = ports(service, pods);
        slice(service)
                .ifPresentOrElse(
                        slice -> update(slice, endpoints, ports),
                        () -> create(service, endpoints, ports));
    }

    private static boolean isOver(KubeObject pod) {
        return List.of("Succeeded", "Failed").contains(pod.text("status", "phase"));
    }

    private Optional<KubeObject> slice(KubeObject service) {
        return actor.owned(ResourceTypes.ENDPOINT_SLICE, service).stream().findFirst();
    }

    private void update(KubeObject slice, ArrayNode endpoints, ArrayNode ports) {
        if (!slice.at("endpoints").equals(endpoints) || !slice.at("ports").equals(ports)) {
            actor.edit(
                    slice.key(),
                    tree -> {
                        tree.set("endpoints", endpoints);
                        tree.set("ports", ports);
                    });
        }
    }

    private void create(KubeObject service, ArrayNode endpoints, ArrayNode ports) {
        var slice = Json.object();
        var metadata = slice.putObject("metadata");
        metadata.put("generateName", service.name() + "-");
        metadata.put("namespace", service.namespace()).put("generation", 1);
        var labels = metadata.putObject("labels");
        service.labels().forEach(labels::put);
        labels.put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        labels.put("kubernetes.io/service-name", service.name());
        Pods.own(metadata, service);
        slice.put("addressType", "IPv4");
        slice.set("endpoints", endpoints);
        slice.set("ports", ports);
        actor.create(ResourceTypes.ENDPOINT_SLICE, slice);
    }

    private static ObjectNode endpoint(KubeObject pod) {
        var endpoint = Json.object();
        endpoint.putArray("addresses").add(pod.text("status", "podIP"));
        var serving = Pods.isReady(pod);
        var conditions = endpoint.putObject("conditions");
        conditions.put("ready", serving && !pod.isDeleting());
        conditions.put("serving", serving).put("terminating", pod.isDeleting());
        endpoint.put("nodeName", pod.text("spec", "nodeName"));
        var target = endpoint.putObject("targetRef").put("kind", "Pod");
        target.put("name", pod.name()).put("namespace", pod.namespace()).put("uid", pod.uid());
        return endpoint;
    }

    /** Named target ports are looked up in the pods; without pods there is nothing to look in. */
    private static ArrayNode ports(KubeObject service, List<KubeObject> pods) {
        var ports = Json.array();
        for (var port : service.at("spec", "ports")) {
            var target = port.path("targetPort");
            int number = target.isTextual() ? named(target.asText(), pods) : target.asInt();
            if (number > 0 && !pods.isEmpty()) {
                var entry = ports.addObject();
                entry.put("name", port.path("name").asText("")).put("port", number);
                entry.put("protocol", port.path("protocol").asText());
            }
        }
        return ports;
    }

    private static int named(String name, List<KubeObject> pods) {
        for (var pod : pods) {
            for (JsonNode container : pod.at("spec", "containers")) {
                for (var port : container.path("ports")) {
                    if (port.path("name").asText().equals(name)) {
                        return port.path("containerPort").asInt();
                    }
                }
            }
        }
        return 0;
    }
}
