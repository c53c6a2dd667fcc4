package dev.kestrel.domain.detection.log;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a line tells of a failed call. The first class of an error wins: a name that is not resolved
 * also times out.
 *
 * @param type symptom it raises
 * @param words texts of which one is in the line
 */
record LogClass(String type, Pattern words) {
    private static final LogClass DNS =
            of(
                    "log.dns_failure",
                    "no such host",
                    "server misbehaving",
                    "lookup [^ ]+( on [^ ]+)?:.*(i/o timeout|no servers could be reached|SERVFAIL)",
                    "temporary failure in name resolution",
                    "name or service not known",
                    "could not resolve host",
                    "getaddrinfo (ENOTFOUND|EAI_AGAIN)",
                    "UnknownHostException",
                    "nodename nor servname provided",
                    "bad address '",
                    "NXDOMAIN",
                    "dns resolution failed");

    private static final LogClass TIMEOUT =
            of(
                    "log.call_timeout",
                    "context deadline exceeded",
                    "Client\\.Timeout exceeded",
                    "i/o timeout",
                    "SocketTimeoutException",
                    "(connect|read|connection|request|operation) timed out",
                    "ETIMEDOUT",
                    "upstream request timeout",
                    "DEADLINE_EXCEEDED");

    private static final LogClass REFUSED =
            of("log.connection_refused", "connection refused", "ECONNREFUSED", "actively refused");

    /** Somebody answered, and hung up: a process that ends, or a mesh that demands more. */
    private static final LogClass RESET =
            of(
                    "log.connection_reset",
                    "connection reset",
                    "ECONNRESET",
                    "unexpected EOF",
                    "unexpected end of stream",
                    ": EOF$");

    private static final LogClass FAILED =
            of(
                    "log.call_failed",
                    "\\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^ ]+ 50[0234]\\b",
                    "\\b(GET|POST|PUT|PATCH|DELETE|HEAD) [^ ]+: 50[0234]\\b",
                    "HTTP/[0-9.]+\"? 50[0234]\\b",
                    "\\b50[24] (Bad Gateway|Gateway Time-?out)",
                    "\\b503 Service Unavailable",
                    "\\b500 Internal Server Error",
                    "status(_?code)?\"?[=: ]+50[0234]\\b",
                    "upstream connect error");

    /** Of the reasons one counts; that a call failed counts beside it. */
    private static final List<List<LogClass>> GROUPS =
            List.of(List.of(DNS, TIMEOUT, REFUSED, RESET), List.of(FAILED));

    static final List<String> TYPES =
            GROUPS.stream().flatMap(List::stream).map(LogClass::type).toList();

    private static LogClass of(String type, String... words) {
        return new LogClass(
                type, Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE));
    }

    /** Types of the symptoms that a line tells of. */
    static List<String> of(String line) {
        return GROUPS.stream()
                .flatMap(
                        group ->
                                group.stream()
                                        .filter(one -> one.words().matcher(line).find())
                                        .limit(1))
                .map(LogClass::type)
                .toList();
    }
}
