package dev.kestrel.operator.investigation;

import static dev.kestrel.operator.investigation.Parameter.optional;
import static dev.kestrel.operator.investigation.Parameter.required;

import java.util.List;

/** Every tool there is. What is not in this list cannot be asked. */
final class Tools {
    /** One object, cleaned like inventory. */
    static final Tool GET =
            new Tool(
                    "k8s.get",
                    List.of(
                            required("kind", Parameter.KIND),
                            optional("namespace", Parameter.NAMESPACE, ""),
                            required("name", Parameter.OBJECT)));

    /** Objects of a kind, cleaned like inventory. */
    static final Tool LIST =
            new Tool(
                    "k8s.list",
                    List.of(
                            required("kind", Parameter.KIND),
                            optional("namespace", Parameter.NAMESPACE, ""),
                            optional("selector", Parameter.SELECTOR, ""),
                            optional("limit", Parameter.number(2), "50")));

    /** Events, about one object or all of a namespace. */
    static final Tool EVENTS =
            new Tool(
                    "k8s.events",
                    List.of(
                            optional("namespace", Parameter.NAMESPACE, ""),
                            optional("kind", Parameter.KIND, ""),
                            optional("name", Parameter.OBJECT, ""),
                            optional("limit", Parameter.number(3), "100")));

    /** The end of a container's log. */
    static final Tool LOGS =
            new Tool(
                    "k8s.logs",
                    List.of(
                            required("namespace", Parameter.NAMESPACE),
                            required("pod", Parameter.OBJECT),
                            optional("container", Parameter.CONTAINER, ""),
                            optional("previous", Parameter.TRUTH, "false"),
                            optional("lines", Parameter.number(3), "200"),
                            optional("since_seconds", Parameter.number(5), "")));

    /** What a name resolves to, as seen from this pod. */
    static final Tool LOOKUP =
            new Tool(
                    "dns.lookup",
                    List.of(
                            required("name", Parameter.DNS_NAME),
                            optional("type", "A|AAAA|SRV|CNAME", "A"),
                            optional("server", Parameter.IP, ""),
                            optional("port", Parameter.PORT, "53")));

    /** Whether a TCP connection can be opened, as seen from this pod. Nothing is sent on it. */
    static final Tool CONNECT =
            new Tool(
                    "tcp.connect",
                    List.of(
                            required("host", Parameter.DNS_NAME + "|" + Parameter.IP),
                            required("port", Parameter.PORT)));

    static final List<Tool> ALL = List.of(GET, LIST, EVENTS, LOGS, LOOKUP, CONNECT);

    private Tools() {}
}
