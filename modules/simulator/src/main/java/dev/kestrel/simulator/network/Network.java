package dev.kestrel.simulator.network;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries calls between pods: names through the cluster's DNS, Service addresses through what the
 * endpoint slices say, pod addresses to the pods themselves.
 */
public final class Network {
    public static final String DNS_ADDRESS = "10.96.0.10";
    private static final Duration FAST = Duration.ofMillis(3);
    private static final int LONGEST_CHAIN = 8;
    private static final int DNS_PORT = 53;

    /** A connection that gets no answer is tried twice within a caller's patience. */
    private static final int TRIES = 2;

    private final ObjectStore store;
    private final InstantSource clock;
    private final Policies policies;
    private final Sidecars sidecars;
    private final Map<String, Host> hosts = new HashMap<>();
    private final List<Consumer<Flow>> observers = new ArrayList<>();
    private long turn;
    private int depth;

    /** One ready endpoint of a Service port. */
    private record Endpoint(String address, int port) {}

    public Network(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.policies = new Policies(store);
        this.sidecars = new Sidecars(store);
    }

    /** Tells of every packet that a policy was asked about. */
    public void observe(Consumer<Flow> observer) {
        observers.add(observer);
    }

    public void attach(String address, Host host) {
        hosts.put(address, host);
    }

    public void detach(String address) {
        hosts.remove(address);
    }

    /** What somebody gets who looks a name up. */
    public Resolution resolve(String name, Caller caller) {
        if (name.matches("[0-9.]+")) {
            return new Resolution.Found(name);
        }
        var server = serviceEndpoint(DNS_ADDRESS, DNS_PORT).filter(this::isServed);
        if (server.isEmpty() || !passes(caller, server.get(), "UDP")) {
            return new Resolution.Silence();
        }
        return service(name, caller.namespace())
                .<Resolution>map(this::addressOf)
                .orElseGet(Resolution.Unknown::new);
    }

    private Resolution addressOf(KubeObject service) {
        var address = service.text("spec", "clusterIP");
        if (!address.equals("None")) {
            return new Resolution.Found(address);
        }
        var ready = endpoints(service, service.at("spec", "ports").path(0).path("name").asText(""));
        return ready.isEmpty()
                ? new Resolution.Unknown()
                : new Resolution.Found(ready.getFirst().address());
    }

    /** Opens a connection to {@code host:port}; only whether it opens matters. */
    public Reply dial(String address, Caller caller, Duration within) {
        int colon = address.lastIndexOf(':');
        var name = address.substring(0, colon);
        int port = Integer.parseInt(address.substring(colon + 1));
        return switch (resolve(name, caller)) {
            case Resolution.Silence() ->
                    new Reply.Failed("dial tcp: lookup " + name + ": i/o timeout", within);
            case Resolution.Unknown() -> new Reply.Failed("dial tcp: " + noSuchHost(name), FAST);
            case Resolution.Found(var ip) ->
                    switch (route(caller, ip, port)) {
                        case Route.Open _ -> new Reply.Answered(0, "", FAST);
                        case Route.Refused _ -> new Reply.Failed(refused(ip, port), FAST);
                        case Route.Lost _ ->
                                new Reply.Failed(
                                        "dial tcp %s:%d: i/o timeout".formatted(ip, port), within);
                    };
        };
    }

    /** Requests a URL with a client that gives up after a while, as Go's http.Client does. */
    public Reply get(String url, Caller caller, Duration within, Instant now) {
        if (depth >= LONGEST_CHAIN) {
            return awaited(url, within);
        }
        depth++;
        try {
            return request(URI.create(url), caller, within, now);
        } finally {
            depth--;
        }
    }

    private Reply request(URI url, Caller caller, Duration within, Instant now) {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return switch (resolve(url.getHost(), caller)) {
            case Resolution.Silence() -> awaited(url.toString(), within);
            case Resolution.Unknown() ->
                    failed(url, "dial tcp: " + noSuchHost(url.getHost()), FAST);
            case Resolution.Found(var ip) ->
                    switch (route(caller, ip, port)) {
                        case Route.Refused _ -> failed(url, refused(ip, port), FAST);
                        case Route.Lost _ -> awaited(url.toString(), within);
                        case Route.Open(var host, var target)
                                when !speaksMutualTls(caller)
                                        && sidecars.resetPlaintext(host.pod(), target) ->
                                failed(url, reset(ip, port), FAST);
                        case Route.Open(var host, var target) -> {
                            var path = url.getPath().isEmpty() ? "/" : url.getPath();
                            var reply = host.get(target, path, now);
                            yield reply.took().compareTo(within) >= 0
                                    ? awaited(url.toString(), within)
                                    : reply;
                        }
                    };
        };
    }

    private static Reply failed(URI url, String why, Duration took) {
        return new Reply.Failed("Get \"%s\": %s".formatted(url, why), took);
    }

    private static Reply awaited(String url, Duration within) {
        return new Reply.Failed(
                "Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting"
                                .formatted(url)
                        + " headers)",
                within);
    }

    private static String refused(String ip, int port) {
        return "dial tcp %s:%d: connect: connection refused".formatted(ip, port);
    }

    private boolean speaksMutualTls(Caller caller) {
        return store.get(new ResourceKey(ResourceTypes.POD, caller.namespace(), caller.pod()))
                .filter(Sidecars::has)
                .isPresent();
    }

    private static String reset(String ip, int port) {
        return "read tcp 10.244.0.2:41000->%s:%d: read: connection reset by peer"
                .formatted(ip, port);
    }

    private static String noSuchHost(String name) {
        return "lookup %s on %s:53: no such host".formatted(name, DNS_ADDRESS);
    }

    /** Where a connection to an address ends. */
    private sealed interface Route {
        record Open(Host host, int port) implements Route {}

        record Refused() implements Route {}

        record Lost() implements Route {}
    }

    private Route route(Caller caller, String ip, int port) {
        var endpoint =
                ip.startsWith("10.96.")
                        ? serviceEndpoint(ip, port)
                        : Optional.of(new Endpoint(ip, port));
        if (endpoint.isEmpty()) {
            return new Route.Refused();
        }
        var host = hosts.get(endpoint.get().address());
        if (host == null || !passes(caller, endpoint.get(), "TCP")) {
            return new Route.Lost();
        }
        return host.listens(endpoint.get().port())
                ? new Route.Open(host, endpoint.get().port())
                : new Route.Refused();
    }

    /** Whether policies let a packet out of its source and into its destination. */
    private boolean passes(Caller caller, Endpoint endpoint, String protocol) {
        var from = store.get(new ResourceKey(ResourceTypes.POD, caller.namespace(), caller.pod()));
        var to = hosts.get(endpoint.address());
        return from.isEmpty()
                || to == null
                || (passes(from.get(), to.pod(), endpoint.port(), protocol, false)
                        && passes(from.get(), to.pod(), endpoint.port(), protocol, true));
    }

    private boolean passes(
            KubeObject from, KubeObject to, int port, String protocol, boolean inward) {
        var verdict = policies.judge(new Policies.Packet(from, to, port, protocol, inward));
        if (verdict == Policies.Verdict.OPEN) {
            return true;
        }
        var allowed = verdict == Policies.Verdict.ALLOWED;
        var flow =
                new Flow(
                        clock.instant(),
                        from,
                        to,
                        port,
                        protocol,
                        inward,
                        allowed,
                        allowed ? 1 : TRIES);
        observers.forEach(observer -> observer.accept(flow));
        return allowed;
    }

    private boolean isServed(Endpoint endpoint) {
        var host = hosts.get(endpoint.address());
        return host != null && host.listens(endpoint.port());
    }

    /** The next ready endpoint of the Service with this address, in turn. */
    private Optional<Endpoint> serviceEndpoint(String ip, int port) {
        for (var service : store.list(ResourceTypes.SERVICE)) {
            if (!service.text("spec", "clusterIP").equals(ip)) {
                continue;
            }
            for (var declared : service.at("spec", "ports")) {
                if (declared.path("port").asInt() == port) {
                    var ready = endpoints(service, declared.path("name").asText(""));
                    return ready.isEmpty()
                            ? Optional.empty()
                            : Optional.of(ready.get((int) (turn++ % ready.size())));
                }
            }
        }
        return Optional.empty();
    }

    private List<Endpoint> endpoints(KubeObject service, String portName) {
        var found = new ArrayList<Endpoint>();
        for (var slice : store.list(ResourceTypes.ENDPOINT_SLICE)) {
            if (!slice.namespace().equals(service.namespace())
                    || !service.name().equals(slice.labels().get("kubernetes.io/service-name"))) {
                continue;
            }
            for (var port : slice.at("ports")) {
                if (port.path("name").asText("").equals(portName)) {
                    ready(slice, port.path("port").asInt(), found);
                }
            }
        }
        return found;
    }

    private static void ready(KubeObject slice, int port, List<Endpoint> found) {
        for (var endpoint : slice.at("endpoints")) {
            if (Json.at(endpoint, "conditions", "ready").asBoolean()) {
                found.add(new Endpoint(endpoint.path("addresses").path(0).asText(), port));
            }
        }
    }

    private Optional<KubeObject> service(String name, String namespace) {
        var parts = name.replaceFirst("\\.svc(\\.cluster\\.local)?\\.?$", "").split("\\.");
        var where = parts.length > 1 ? parts[parts.length - 1] : namespace;
        var what = parts.length > 1 ? parts[parts.length - 2] : parts[0];
        return store.get(new ResourceKey(ResourceTypes.SERVICE, where, what));
    }
}
