package dev.kestrel.domain.template;

import dev.kestrel.domain.signal.Fields;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A probe of a container, beside the ports that the container declares. Declaring a port is only
 * information to Kubernetes, so asking another one is a hint; a name that no port has is a fault.
 *
 * @param container name of the container
 * @param purpose what the probe is for
 * @param spec the probe itself
 * @param ports what the container declares
 */
public record Probe(String container, Purpose purpose, Fields spec, List<Fields> ports) {
    public Probe {
        ports = List.copyOf(ports);
    }

    /** What a probe is for. */
    public enum Purpose {
        READINESS("readiness"),
        LIVENESS("liveness");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        /** For people: {@code readiness}. */
        public String word() {
            return word;
        }

        /** Field of a container: {@code readinessProbe}. */
        public String field() {
            return word + "Probe";
        }
    }

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /** What a probe asks over the network. */
    private static final List<String> ASKING = List.of("httpGet", "tcpSocket", "grpc");

    /** Probes of that purpose in a pod's {@code spec}, in its order. */
    public static List<Probe> of(Fields podSpec, Purpose purpose) {
        return podSpec.at("containers").items().stream()
                .filter(container -> container.at(purpose.field()).isPresent())
                .map(
                        container ->
                                new Probe(
                                        container.at("name").text(),
                                        purpose,
                                        container.at(purpose.field()),
                                        container.at("ports").items()))
                .toList();
    }

    /** How it asks: {@code httpGet}; empty for a command, which has no port. */
    public String handler() {
        return ASKING.stream().filter(name -> spec.at(name).isPresent()).findFirst().orElse("");
    }

    /** The port as written: a number or a name. */
    public String port() {
        return spec.at(handler(), "port").text();
    }

    /** The same question: port, path, scheme or command. */
    public boolean asksLike(Probe other) {
        return spec.at(handler()).equals(other.spec.at(handler()))
                && spec.at("exec").equals(other.spec.at("exec"));
    }

    /** Whether its port is written as a name that none of the container's ports has. */
    public boolean namesNoPort() {
        return isNamed() && names().noneMatch(port()::equals);
    }

    /** Whether it asks a port that the container does not declare, while it declares others. */
    public boolean asksUndeclared() {
        return namesNoPort()
                || (!port().isEmpty()
                        && !isNamed()
                        && !ports.isEmpty()
                        && numbers().noneMatch(port()::equals));
    }

    /** The declared port that is written most like the one it asks, or the only one there is. */
    public Optional<Object> nearestPort() {
        var byName = isNamed() && names().findAny().isPresent();
        var declared = (byName ? names() : numbers()).distinct().toList();
        var nearest =
                declared.size() == 1
                        ? declared.stream().findFirst()
                        : Spelling.nearest(port(), declared);
        return nearest.map(port -> byName ? port : Long.valueOf(port));
    }

    private boolean isNamed() {
        return port().chars().anyMatch(letter -> !Character.isDigit(letter));
    }

    private Stream<String> names() {
        return overTcp().map(port -> port.at("name").text()).filter(name -> !name.isEmpty());
    }

    /** What is no number of a port declares none. */
    private Stream<String> numbers() {
        return overTcp()
                .map(port -> port.at("containerPort").text())
                .filter(port -> PORT.matcher(port).matches());
    }

    private Stream<Fields> overTcp() {
        return ports.stream().filter(port -> port.at("protocol").text("TCP").equals("TCP"));
    }
}
