package dev.kestrel.operator.investigation;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.operator.investigation.Grammar.Verdict.Allowed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.net.NetClientOptions;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The tools that try the network from this pod. What goes wrong on the way is the answer; note that
 * policies may treat other pods differently.
 */
final class NetworkTools {
    private final Vertx vertx;
    private final InstantSource clock;

    NetworkTools(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    CompletableFuture<Answer> lookup(Allowed question, Duration timeout) {
        var options = new DnsClientOptions().setQueryTimeout(timeout.toMillis() * 8 / 10);
        if (!question.argument("server").isEmpty()) {
            options.setHost(question.argument("server"))
                    .setPort(Integer.parseInt(question.argument("port")));
        }
        var dns = vertx.createDnsClient(options);
        var began = clock.millis();
        return resolve(dns, question)
                .map(
                        found ->
                                told(
                                        found.isEmpty() ? "NOERROR without an answer" : "NOERROR",
                                        found,
                                        began))
                .otherwise(failure -> told(rcode(failure), List.of(), began))
                .onComplete(ignored -> dns.close())
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static Future<List<String>> resolve(DnsClient dns, Allowed question) {
        var name = question.argument("name");
        return switch (question.argument("type")) {
            case "AAAA" -> dns.resolveAAAA(name);
            case "CNAME" -> dns.resolveCNAME(name);
            case "SRV" ->
                    dns.resolveSRV(name)
                            .map(
                                    records ->
                                            records.stream()
                                                    .map(srv -> srv.target() + ":" + srv.port())
                                                    .sorted()
                                                    .toList());
            default -> dns.resolveA(name);
        };
    }

    private static String rcode(Throwable failure) {
        return failure instanceof DnsException answer
                ? answer.code().name()
                : "no answer from the server";
    }

    private Answer told(String result, List<String> records, long began) {
        var told = new TreeMap<String, Object>();
        told.put("result", result);
        told.put("records", records);
        told.put("took_ms", clock.millis() - began);
        return new Answer.Given(CanonicalJson.write(Fields.of(told)), false);
    }

    CompletableFuture<Answer> connect(Allowed question, Duration timeout) {
        return vertx.executeBlocking(() -> InetAddress.getByName(question.argument("host")))
                .compose(address -> connect(address, question, timeout))
                .otherwise(
                        failure ->
                                failure instanceof UnknownHostException
                                        ? told("name not resolved", List.of(), clock.millis())
                                        : new Answer.Unknown(String.valueOf(failure.getMessage())))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private Future<Answer> connect(InetAddress address, Allowed question, Duration timeout) {
        if (isForbidden(address)) {
            return Future.succeededFuture(
                    new Answer.Refused("link-local and multicast addresses are not connected to"));
        }
        var patience = (int) (timeout.toMillis() * 8 / 10);
        var client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(patience));
        var began = clock.millis();
        var port = Integer.parseInt(question.argument("port"));
        var records = List.of(address.getHostAddress());
        return client.connect(port, address.getHostAddress())
                .map(socket -> told("connected", records, began))
                .otherwise(failure -> told(connectResult(failure), records, began))
                .onComplete(ignored -> client.close());
    }

    /** The addresses of cloud metadata services are among them. */
    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress();
    }

    private static String connectResult(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        if (message.contains("timed out")) {
            return "timed out";
        }
        if (message.contains("refused")) {
            return "refused";
        }
        return failure instanceof ConnectException ? "not connected" : "unreachable";
    }
}
