package dev.kestrel.quality;

import dev.kestrel.bus.Topic;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.detection.Detectors;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.CausalState;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.rca.InvestigationDeclaration;
import dev.kestrel.domain.rca.Mechanism;
import dev.kestrel.knowledge.KnowledgeReader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pages of what is declared: detectors, knowledge, topics. */
final class DeclarationPages {
    private static final CausalModel MODEL =
            KnowledgeReader.read(Repository.ROOT.resolve("conf/knowledge")).sound();

    private DeclarationPages() {}

    static Page detectors() {
        return Page.table(
                "detectors.md",
                "Detectors",
                "What looks at signals, and the symptoms it can raise.",
                List.of("detector", "looks at", "symptom", "which says of its resource that it"),
                Detectors.ALL.stream()
                        .flatMap(
                                detector ->
                                        detector.raises().stream()
                                                .map(
                                                        type ->
                                                                List.of(
                                                                        Page.code(detector.id()),
                                                                        switch (detector) {
                                                                            case PodDetector _ ->
                                                                                    "a pod";
                                                                            case ResourceDetector
                                                                                            _ ->
                                                                                    "an object and"
                                                                                        + " its topology";
                                                                            case MomentDetector _ ->
                                                                                    "an Event or a"
                                                                                        + " log line";
                                                                        },
                                                                        Page.code(type),
                                                                        title(type))))
                        .toList());
    }

    static Page knowledge() {
        var about = "What the packs of `conf/knowledge` say can go wrong, and what helps.";
        return new Page(
                "knowledge.md",
                Page.title("Knowledge", about)
                        + "## Mechanisms\n\n"
                        + mechanisms()
                        + "\n## States\n\n"
                        + states()
                        + "\n## Fixes\n\n"
                        + fixes()
                        + "\n## Investigations\n\n"
                        + investigations());
    }

    static Page topics() {
        return Page.table(
                "topics.md",
                "Topics",
                "Every address on the event bus. A fact is a hint that may be lost; the others are"
                    + " answered: by whoever serves the key on any node (ask), on this node (here),"
                    + " or by the node that owns the cluster (to owner).",
                List.of("topic", "kind", "message", "answer"),
                Topics.ALL.stream().map(DeclarationPages::topic).toList());
    }

    private static List<String> topic(Topic<?> topic) {
        var message = Page.code(topic.message().getSimpleName());
        return switch (topic) {
            case Topic.Fact<?> fact -> List.of(Page.code(fact.name()), "fact", message, "");
            case Topic.Ask<?, ?> ask -> question(ask, "ask");
            case Topic.Here<?, ?> here -> question(here, "here");
            case Topic.ToOwner<?, ?> toOwner -> question(toOwner, "to owner");
        };
    }

    private static List<String> question(Topic.Question<?, ?> topic, String kind) {
        return List.of(
                Page.code(topic.name()),
                kind,
                Page.code(topic.message().getSimpleName()),
                Page.code(topic.reply().getSimpleName()));
    }

    private static String mechanisms() {
        return Page.table(
                List.of("mechanism", "on", "what it is", "recognised by", "fixes"),
                MODEL.mechanisms().values().stream().map(DeclarationPages::mechanism).toList());
    }

    private static List<String> mechanism(Mechanism one) {
        var fixes = one.fixes().stream().map(Page::code).collect(Collectors.joining(", "));
        return List.of(
                Page.code(one.id()),
                one.on().kind(),
                one.title(),
                Page.code(one.analyzer()),
                fixes.isEmpty() ? "none: " + one.noFix() : fixes);
    }

    private static String states() {
        return Page.table(
                List.of("state", "on", "says that it", "seen by", "felt by users"),
                MODEL.states().values().stream().map(DeclarationPages::state).toList());
    }

    private static List<String> state(CausalState one) {
        return List.of(
                Page.code(one.id()),
                one.on().kind(),
                one.title(),
                one.latent() ? "nothing: only its effects show it" : Page.code(one.source()),
                one.impact() ? "yes" : "");
    }

    private static String fixes() {
        return Page.table(
                List.of("fix", "what it does", "risk (0 to 3)", "must be gone afterwards"),
                MODEL.fixes().values().stream().map(DeclarationPages::fix).toList());
    }

    private static List<String> fix(FixDeclaration one) {
        return List.of(
                Page.code(one.id()),
                one.title() + ". " + one.explanation(),
                Integer.toString(one.risk()),
                one.post().stream()
                        .map(
                                post ->
                                        "%s within %d min"
                                                .formatted(
                                                        Page.code(post.state()),
                                                        post.within().toMinutes()))
                        .collect(Collectors.joining(", ")));
    }

    private static String investigations() {
        return Page.table(
                List.of("investigation", "tool", "tells", "separates"),
                MODEL.investigations().stream().map(DeclarationPages::investigation).toList());
    }

    private static List<String> investigation(InvestigationDeclaration one) {
        return List.of(
                Page.code(one.id()),
                Page.code(one.tool()),
                one.why(),
                one.separates().stream().map(Page::code).collect(Collectors.joining(", ")));
    }

    private static String title(String state) {
        return Optional.ofNullable(MODEL.states().get(state)).map(CausalState::title).orElse("");
    }
}
