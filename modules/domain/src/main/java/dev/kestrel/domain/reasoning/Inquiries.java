package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Incident.InvestigationRun;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.InvestigationDeclaration;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The questions asked about one incident, and what came of them. */
final class Inquiries {
    /**
     * Enough to tell the best few causes apart; a cluster in trouble is not to be kept busy by its
     * doctor.
     */
    private static final int BUDGET = 6;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What a person reads of an answer; the rest adds nothing to a page. */
    private static final int EXCERPT = 4_000;

    private Inquiries() {}

    /** Asks what tells the best causes apart and was not asked yet. */
    static List<Command> ask(Case about, Topology topology, CausalModel model, Instant now) {
        var asked = new ArrayList<>(about.incident().investigations());
        var commands = new ArrayList<Command>();
        about.incident().diagnosis().hypotheses().stream()
                .limit(3)
                .flatMap(hypothesis -> hypothesis.causes().stream())
                .forEach(
                        cause -> {
                            for (var declaration : model.investigations()) {
                                if (declaration.separates().contains(cause.mechanism())
                                        && asked.size() < BUDGET) {
                                    ask(about, cause, declaration, topology, asked, commands, now);
                                }
                            }
                        });
        if (!commands.isEmpty()) {
            about.investigations(asked, List.of());
        }
        return commands;
    }

    private static void ask(
            Case about,
            Cause cause,
            InvestigationDeclaration declaration,
            Topology topology,
            List<InvestigationRun> asked,
            List<Command> commands,
            Instant now) {
        var question =
                new Question(declaration.tool(), arguments(declaration, cause.at(), topology));
        var shown =
                question.arguments().entrySet().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        var known =
                asked.stream()
                        .anyMatch(
                                run ->
                                        run.tool().equals(question.tool())
                                                && run.arguments().equals(shown));
        if (known || shown.contains("{")) {
            return;
        }
        var id = about.incident().id() + "-i" + (asked.size() + 1);
        asked.add(
                new InvestigationRun(
                        id, question.tool(), shown, declaration.why(), now, "", false));
        commands.add(new Command.Investigate(id, question, TIMEOUT));
        about.note(
                now,
                Incident.Kind.INVESTIGATION,
                Case.byKestrel(),
                "asked %s about %s: %s".formatted(question.tool(), cause.at(), declaration.why()));
    }

    /**
     * Fills in the places of a template; one that cannot be filled keeps its braces, and then it is
     * not asked.
     */
    private static Map<String, String> arguments(
            InvestigationDeclaration declaration, ResourceRef at, Topology topology) {
        var places = new TreeMap<String, String>();
        places.put("{kind}", at.kind());
        places.put("{namespace}", at.namespace());
        places.put("{name}", at.name());
        places.put("{resource}", at.toString());
        topology.instances(at).stream().findFirst().ifPresent(pod -> addPod(places, pod));
        var arguments = new TreeMap<String, String>();
        declaration
                .arguments()
                .forEach(
                        (name, template) -> {
                            var text = template;
                            for (var place : places.entrySet()) {
                                text = text.replace(place.getKey(), place.getValue());
                            }
                            arguments.put(name, text);
                        });
        return arguments;
    }

    private static void addPod(Map<String, String> places, KubeObject pod) {
        places.put("{pod}", pod.ref().name());
        pod.at("spec", "containers").items().stream()
                .findFirst()
                .ifPresent(container -> places.put("{container}", container.at("name").text()));
    }

    /** Takes an answer in as evidence. */
    static void onOutcome(Case about, String commandId, Outcome outcome, Instant now) {
        if (!(outcome instanceof Outcome.Answered answered)) {
            return;
        }
        var text =
                switch (answered.answer()) {
                    case Answer.Given given -> given.output();
                    case Answer.Refused refused -> "refused: " + refused.why();
                    case Answer.Unknown unknown -> "no answer: " + unknown.why();
                };
        var excerpt = text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "\n…";
        var evidence = new ArrayList<Evidence>();
        var runs = new ArrayList<InvestigationRun>();
        for (var run : about.incident().investigations()) {
            if (run.id().equals(commandId) && !run.answered()) {
                runs.add(
                        new InvestigationRun(
                                run.id(),
                                run.tool(),
                                run.arguments(),
                                run.why(),
                                run.askedAt(),
                                excerpt,
                                true));
                evidence.add(
                        new Evidence(
                                run.id(),
                                ResourceRef.ofCluster(
                                        "Cluster", about.incident().cluster().cluster()),
                                now,
                                Evidence.Origin.INVESTIGATION,
                                run.tool() + " " + run.arguments(),
                                excerpt));
            } else {
                runs.add(run);
            }
        }
        about.investigations(runs, evidence);
    }
}
