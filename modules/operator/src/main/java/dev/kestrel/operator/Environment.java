package dev.kestrel.operator;

import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the configuration from environment variables that begin with {@code KESTREL_}, and collects
 * every mistake, so that a person mends them all at once.
 */
final class Environment {
    private static final List<String> KNOWN =
            List.of(
                    "KESTREL_CLOUD_HOST",
                    "KESTREL_CLOUD_ENROLMENT_PORT",
                    "KESTREL_CLOUD_STREAM_PORT",
                    "KESTREL_CLOUD_CA_FILE",
                    "KESTREL_JOIN_TOKEN",
                    "KESTREL_JOIN_TOKEN_FILE",
                    "KESTREL_CLUSTER_NAME",
                    "KESTREL_IDENTITY_DIR",
                    "KESTREL_KUBECONFIG",
                    "KESTREL_HUBBLE_RELAY",
                    "KESTREL_HUBBLE_CA_FILE",
                    "KESTREL_HUBBLE_CERT_FILE",
                    "KESTREL_HUBBLE_KEY_FILE",
                    "KESTREL_WRITE",
                    "KESTREL_WRITE_NAMESPACES",
                    "KESTREL_WRITE_KINDS");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern RELAY = Pattern.compile("|off|[A-Za-z0-9.\\-]{1,253}:[0-9]{1,5}");
    private static final int TOKEN_CHARS = 256;

    /** Kubernetes sets such variables for each Service of the namespace, whatever it is called. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("KESTREL_(\\w+_)?(SERVICE_(HOST|PORT\\w*)|PORT(_\\d+_\\w+)?)");

    private final Map<String, String> variables;
    private final List<String> mistakes = new ArrayList<>();

    private Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The configuration that the variables spell.
     *
     * @throws IllegalArgumentException with all mistakes, one per line
     */
    static OperatorConfig read(Map<String, String> variables) {
        var environment = new Environment(variables);
        var config = environment.config();
        if (!environment.mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", environment.mistakes));
        }
        return config;
    }

    private OperatorConfig config() {
        refuseUnknown();
        return new OperatorConfig(
                new OperatorConfig.Cloud(nodes(), file("KESTREL_CLOUD_CA_FILE")),
                joinToken(),
                text("KESTREL_CLUSTER_NAME"),
                Path.of(text("KESTREL_IDENTITY_DIR", "/var/lib/kestrel/identity")),
                file("KESTREL_KUBECONFIG"),
                write(),
                hubble(),
                SpoolLimits.DEFAULT,
                LinkTimes.DEFAULT);
    }

    /** Names separated by commas, each with a stream port where it is not the common one. */
    private List<OperatorConfig.Node> nodes() {
        required("KESTREL_CLOUD_HOST");
        var enrolment = port("KESTREL_CLOUD_ENROLMENT_PORT", 7443);
        var stream = port("KESTREL_CLOUD_STREAM_PORT", 7444);
        return list("KESTREL_CLOUD_HOST").stream()
                .map(address -> node(address, enrolment, stream))
                .toList();
    }

    private OperatorConfig.Node node(String address, int enrolment, int stream) {
        var colon = address.lastIndexOf(':');
        return colon < 0
                ? new OperatorConfig.Node(address, enrolment, stream)
                : new OperatorConfig.Node(
                        address.substring(0, colon),
                        enrolment,
                        port("KESTREL_CLOUD_HOST", address.substring(colon + 1), stream));
    }

    private void refuseUnknown() {
        var unknown = new TreeSet<String>();
        for (var name : variables.keySet()) {
            if (name.startsWith("KESTREL_")
                    && !KNOWN.contains(name)
                    && !SERVICE_LINK.matcher(name).matches()) {
                unknown.add(name);
            }
        }
        unknown.forEach(
                name ->
                        mistakes.add(
                                name + " is not known; known are " + String.join(", ", KNOWN)));
    }

    private RelaySettings hubble() {
        var address = text("KESTREL_HUBBLE_RELAY");
        if (!RELAY.matcher(address).matches()) {
            mistakes.add(
                    "KESTREL_HUBBLE_RELAY must be host:port, off, or empty to look for the Service"
                            + " hubble-relay, not "
                            + address);
        }
        return new RelaySettings(
                address,
                file("KESTREL_HUBBLE_CA_FILE"),
                file("KESTREL_HUBBLE_CERT_FILE"),
                file("KESTREL_HUBBLE_KEY_FILE"));
    }

    private OperatorConfig.Write write() {
        var enabled = truth("KESTREL_WRITE");
        var namespaces = list("KESTREL_WRITE_NAMESPACES");
        var kinds = list("KESTREL_WRITE_KINDS");
        for (var namespace : namespaces) {
            if (!NAMESPACE.matcher(namespace).matches()) {
                mistakes.add("KESTREL_WRITE_NAMESPACES: " + namespace + " is no namespace");
            }
        }
        for (var kind : kinds) {
            if (Kinds.named(kind).isEmpty()) {
                mistakes.add(
                        "KESTREL_WRITE_KINDS: "
                                + kind
                                + " is not a kind that can be changed; write it as Deployment");
            }
        }
        if (enabled && (namespaces.isEmpty() || kinds.isEmpty())) {
            mistakes.add(
                    "KESTREL_WRITE=true needs KESTREL_WRITE_NAMESPACES and KESTREL_WRITE_KINDS:"
                            + " nothing is changed outside of them");
        }
        return new OperatorConfig.Write(enabled, namespaces, kinds);
    }

    private String joinToken() {
        var token = text("KESTREL_JOIN_TOKEN");
        var path = text("KESTREL_JOIN_TOKEN_FILE");
        // The Secret may be deleted once the operator has an identity.
        var gone = !path.isEmpty() && Files.notExists(Path.of(path));
        var file = gone ? "" : file("KESTREL_JOIN_TOKEN_FILE").strip();
        if (!token.isEmpty() && !file.isEmpty()) {
            mistakes.add("KESTREL_JOIN_TOKEN and KESTREL_JOIN_TOKEN_FILE are both set; keep one");
        }
        var chosen = token.isEmpty() ? file : token;
        if (chosen.length() > TOKEN_CHARS) {
            mistakes.add("the join token has more than " + TOKEN_CHARS + " characters");
        }
        return chosen;
    }

    private String text(String name) {
        return text(name, "");
    }

    private String text(String name, String otherwise) {
        var value = variables.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    private String required(String name) {
        var value = text(name);
        if (value.isEmpty()) {
            mistakes.add(name + " is not set");
        }
        return value;
    }

    private List<String> list(String name) {
        return Stream.of(text(name).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private boolean truth(String name) {
        var value = text(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            mistakes.add(name + " must be true or false, not " + value);
        }
        return value.equals("true");
    }

    private int port(String name, int otherwise) {
        return port(name, text(name, Integer.toString(otherwise)), otherwise);
    }

    private int port(String name, String value, int otherwise) {
        if (!value.matches("[0-9]{1,5}")
                || Integer.parseInt(value) < 1
                || Integer.parseInt(value) > 65_535) {
            mistakes.add(name + " must be a port from 1 to 65535, not " + value);
            return otherwise;
        }
        return Integer.parseInt(value);
    }

    /** Content of the file that the variable names; empty where it names none. */
    private String file(String name) {
        var path = text(name);
        if (path.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            mistakes.add(name + ": cannot read " + path);
            return "";
        }
    }
}
