package dev.kestrel.operator.investigation;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.Observation.EventReported;
import dev.kestrel.operator.investigation.Grammar.Verdict.Allowed;
import dev.kestrel.operator.kube.JsonFields;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.kube.KubeApi;
import dev.kestrel.operator.redaction.LineRedaction;
import dev.kestrel.operator.redaction.ObjectRedaction;
import dev.kestrel.operator.source.event.EventReading;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tools that read from the Kubernetes API. */
final class KubeTools {
    private static final String LOG_BYTES = Integer.toString(1 << 20);

    private final KubeApi api;

    KubeTools(KubeApi api) {
        this.api = api;
    }

    CompletableFuture<Answer> get(Allowed question, Duration timeout) {
        var kind = kind(question);
        var path = kind.path(question.argument("namespace"), question.argument("name"));
        return api.get(path, new TreeMap<>(), timeout)
                .thenApply(reply -> answer(reply, body -> one(kind, body)));
    }

    CompletableFuture<Answer> list(Allowed question, Duration timeout) {
        var kind = kind(question);
        var query = new TreeMap<String, String>();
        query.put("limit", question.argument("limit"));
        putIfSaid(query, "labelSelector", question.argument("selector"));
        return api.get(kind.path(question.argument("namespace")), query, timeout)
                .thenApply(reply -> answer(reply, body -> all(kind, body)));
    }

    CompletableFuture<Answer> events(Allowed question, Duration timeout) {
        var query = new TreeMap<String, String>();
        query.put("limit", question.argument("limit"));
        var selector = new TreeMap<String, String>();
        putIfSaid(selector, "involvedObject.kind", question.argument("kind"));
        putIfSaid(selector, "involvedObject.name", question.argument("name"));
        var fields =
                selector.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
        putIfSaid(query, "fieldSelector", fields);
        return api.get(Kinds.EVENT.path(question.argument("namespace")), query, timeout)
                .thenApply(reply -> answer(reply, KubeTools::told));
    }

    CompletableFuture<Answer> logs(Allowed question, Duration timeout) {
        var query = new TreeMap<String, String>();
        query.put("timestamps", "true");
        query.put("limitBytes", LOG_BYTES);
        query.put("tailLines", question.argument("lines"));
        query.put("previous", question.argument("previous"));
        putIfSaid(query, "container", question.argument("container"));
        putIfSaid(query, "sinceSeconds", question.argument("since_seconds"));
        var path = Kinds.POD.path(question.argument("namespace"), question.argument("pod"));
        return api.get(path + "/log", query, timeout)
                .thenApply(reply -> answer(reply, KubeTools::lines));
    }

    private static Kind kind(Allowed question) {
        return Kinds.named(question.argument("kind"))
                .orElseThrow(() -> new IllegalStateException("the grammar knows its kinds"));
    }

    private static void putIfSaid(SortedMap<String, String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, value);
        }
    }

    /** Only a 404 of the API says that something is absent; any other failure says nothing. */
    private static Answer answer(KubeApi.Reply reply, Function<byte[], Answer> read) {
        if (reply.isSuccess()) {
            return read.apply(reply.body());
        }
        if (reply.status() == 404) {
            return new Answer.Given("not found", false);
        }
        return new Answer.Unknown(
                reply.whole()
                        ? "API server answered " + reply.status() + " " + reply.message()
                        : "the answer is larger than 8 MiB or broke off; ask for less");
    }

    private static Answer one(Kind kind, byte[] body) {
        var object = ObjectRedaction.clean(kind.name(), JsonFields.read(body));
        return new Answer.Given(CanonicalJson.write(object), false);
    }

    private static Answer all(Kind kind, byte[] body) {
        var list = JsonFields.read(body);
        var items =
                list.at("items").items().stream()
                        .map(item -> ObjectRedaction.clean(kind.name(), item))
                        .toList();
        return array(items, hasMore(list));
    }

    /** Newest first, and of each event only what it says. */
    private static Answer told(byte[] body) {
        var list = JsonFields.read(body);
        var events =
                list.at("items").items().stream()
                        .map(item -> EventReading.read(item, Instant.EPOCH).observation())
                        .map(EventReported.class::cast)
                        .sorted(Comparator.comparing(EventReported::lastAt).reversed())
                        .map(KubeTools::event)
                        .toList();
        return array(events, hasMore(list));
    }

    private static Fields event(EventReported event) {
        return Fields.of(
                Map.of(
                        "at", event.lastAt().toString(),
                        "object", event.about().toString(),
                        "type", event.warning() ? "Warning" : "Normal",
                        "reason", event.reason(),
                        "message", event.message(),
                        "count", (long) event.count()));
    }

    private static boolean hasMore(Fields list) {
        return !list.at("metadata", "continue").text().isEmpty();
    }

    /** Cut at a whole object, so that it stays JSON. */
    private static Answer array(List<Fields> items, boolean more) {
        var out = new StringBuilder("[");
        for (var item : items) {
            var json = CanonicalJson.write(item);
            if (out.length() + json.length() > Investigator.OUTPUT_CHARS - 2) {
                more = true;
                break;
            }
            out.append(out.length() == 1 ? "" : ",").append(json);
        }
        return new Answer.Given(out.append(']').toString(), more);
    }

    private static Answer lines(byte[] body) {
        var redaction = new LineRedaction();
        var text =
                new String(body, StandardCharsets.UTF_8)
                        .lines()
                        .map(redaction::redact)
                        .collect(Collectors.joining("\n"));
        // What happened last says most.
        var from = Math.max(0, text.length() - Investigator.OUTPUT_CHARS);
        return new Answer.Given(text.substring(from), from > 0 || body.length >= 1 << 20);
    }
}
