package dev.kestrel.api.incident;

import dev.kestrel.api.ApiMetrics;
import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Code;
import dev.kestrel.api.http.Operation;
import dev.kestrel.api.http.Problem;
import dev.kestrel.api.http.Reply;
import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.remediation.Word;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people say about an incident goes to the owner of its cluster, who decides. Each word is in
 * the audit log before the owner hears it, so that nothing is done that nobody can look up.
 */
public final class WordEndpoints {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int COMMENT_CHARACTERS = 2000;

    private final IncidentArchive archive;
    private final AuditLog audit;
    private final Bus bus;
    private final ApiMetrics metrics;

    public WordEndpoints(IncidentArchive archive, AuditLog audit, Bus bus, ApiMetrics metrics) {
        this.archive = archive;
        this.audit = audit;
        this.bus = bus;
        this.metrics = metrics;
    }

    /** What is said, and how the audit log tells it. */
    private record Saying(
            Operation operation, Word word, String action, String about, String detail) {}

    public Future<Reply> acknowledge(Call call) {
        var word = new Word.Acknowledge(call.principal());
        return say(call, new Saying(Operation.ACKNOWLEDGE, word, "incident.acknowledge", "", ""));
    }

    public Future<Reply> resolve(Call call) {
        var body = call.body();
        var comment = body.optionalText("comment", COMMENT_CHARACTERS);
        body.check();
        var word = new Word.Resolve(call.principal(), comment);
        return say(call, new Saying(Operation.RESOLVE, word, "incident.resolve", "", comment));
    }

    public Future<Reply> judge(Call call) {
        var body = call.body();
        var right = body.truth("right");
        var comment = body.optionalText("comment", COMMENT_CHARACTERS);
        body.check();
        var word = new Word.Judge(call.principal(), right, comment);
        var detail = (right ? "right" : "wrong") + " " + comment;
        return say(call, new Saying(Operation.JUDGE, word, "incident.judge", "", detail.strip()));
    }

    public Future<Reply> approve(Call call) {
        var body = call.body();
        var digest = body.text("digest", 64, DIGEST);
        body.check();
        var remediation = call.path("rid");
        var word = new Word.Approve(call.principal(), remediation, digest);
        return say(
                call,
                new Saying(
                        Operation.APPROVE,
                        word,
                        "remediation.approve",
                        remediation,
                        "digest " + digest));
    }

    public Future<Reply> reject(Call call) {
        var body = call.body();
        var reason = body.choice("reason", Word.RejectReason.class);
        var comment = body.optionalText("comment", COMMENT_CHARACTERS);
        body.check();
        var remediation = call.path("rid");
        var word = new Word.Reject(call.principal(), remediation, reason, comment);
        return say(
                call,
                new Saying(
                        Operation.REJECT,
                        word,
                        "remediation.reject",
                        remediation,
                        (reason + " " + comment).strip()));
    }

    private Future<Reply> say(Call call, Saying saying) {
        return IncidentEndpoints.find(archive, call)
                .map(document -> about(document, saying))
                .compose(
                        document ->
                                record(call, saying, document, saying.action(), saying.detail())
                                        .compose(_ -> give(call, saying, document)));
    }

    /** A remediation that the incident does not have is not there, like any other address. */
    private static Document about(Document document, Saying saying) {
        if (!saying.about().isEmpty() && !hasRemediation(document, saying.about())) {
            throw Problem.of(Code.NOT_FOUND, "The incident has no such remediation.").raised();
        }
        return document;
    }

    private static boolean hasRemediation(Document document, String id) {
        return new JsonObject(document.json())
                .getJsonArray("remediations", new JsonArray()).stream()
                        .anyMatch(it -> ((JsonObject) it).getString("id").equals(id));
    }

    private Future<Reply> give(Call call, Saying saying, Document document) {
        var given =
                new Topics.WordGiven(document.cluster(), document.id(), saying.word(), call.at());
        return bus.ask(Topics.WORD_GIVEN, given)
                .compose(answer -> answered(call, saying, document, answer));
    }

    private Future<Reply> answered(
            Call call, Saying saying, Document document, Optional<Topics.WordTaken> answer) {
        if (answer.isEmpty()) {
            metrics.wordGiven(saying.operation(), "no_owner");
            var detail = "No node owns the cluster %s.".formatted(document.cluster().cluster());
            return record(call, saying, document, saying.action() + ".undelivered", detail)
                    .compose(_ -> Future.failedFuture(Problem.of(Code.NO_OWNER, detail).raised()));
        }
        var taken = answer.get();
        if (!taken.taken()) {
            metrics.wordGiven(saying.operation(), "refused");
            var refused =
                    Problem.refused(taken.refusal(), "It was refused: " + taken.refusal()).raised();
            return record(call, saying, document, saying.action() + ".refused", taken.refusal())
                    .compose(_ -> Future.failedFuture(refused));
        }
        metrics.wordGiven(saying.operation(), "taken");
        return Future.succeededFuture(
                Reply.json(new JsonObject().put("revision", taken.revision())));
    }

    private Future<Void> record(
            Call call, Saying saying, Document document, String action, String detail) {
        var subject =
                "incident/"
                        + document.id()
                        + (saying.about().isEmpty() ? "" : "/remediation/" + saying.about());
        return call.wait(
                        audit.append(
                                call.principal().tenant(),
                                call.principal().name(),
                                action,
                                subject,
                                detail,
                                call.at()))
                .mapEmpty();
    }
}
