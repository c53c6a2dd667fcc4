package dev.kestrel.operator.source.flow.hubble;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a relay answers.
 *
 * @param tls whether it wants TLS: by convention that is what port 443 says
 */
record RelayAddress(String host, int port, boolean tls) {
    private static final String SERVICE = "hubble-relay";
    private static final int TLS_PORT = 443;

    /** Reads {@code host:port}. */
    static RelayAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        var port = Integer.parseInt(text.substring(colon + 1));
        return new RelayAddress(text.substring(0, colon), port, port == TLS_PORT);
    }

    /** The Service of that name, in whatever namespace Cilium was installed. */
    static Optional<RelayAddress> find(KubernetesClient client) {
        return client
                .services()
                .inAnyNamespace()
                .withField("metadata.name", SERVICE)
                .list()
                .getItems()
                .stream()
                .min(Comparator.comparing(service -> service.getMetadata().getNamespace()))
                .flatMap(RelayAddress::of);
    }

    private static Optional<RelayAddress> of(Service service) {
        return service.getSpec().getPorts().stream()
                .map(ServicePort::getPort)
                .findFirst()
                .map(
                        port ->
                                new RelayAddress(
                                        service.getSpec().getClusterIP(), port, port == TLS_PORT));
    }
}
