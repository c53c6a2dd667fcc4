package dev.kestrel.knowledge;

import dev.kestrel.domain.rca.CausalState;
import dev.kestrel.domain.rca.Condition;
import dev.kestrel.domain.rca.Effect;
import dev.kestrel.domain.rca.EffectPath;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.rca.InvestigationDeclaration;
import dev.kestrel.domain.rca.Mechanism;
import dev.kestrel.domain.rca.Parameters;
import dev.kestrel.domain.rca.Subject;
import dev.kestrel.knowledge.Pack.Declared;
import dev.kestrel.knowledge.yaml.Tree;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Turns the YAML of one pack into declarations, and complains about all that is wrong with it. */
final class PackReader {
    static final String API_VERSION = "kestrel/v1";

    private final Consumer<Complaint> complaints;

    PackReader(Consumer<Complaint> complaints) {
        this.complaints = complaints;
    }

    Pack read(Tree document) {
        var fields = Fielded.of(document, complaints);
        if (!fields.text("apiVersion").equals(API_VERSION)) {
            fields.complain("apiVersion", "apiVersion should be " + API_VERSION);
        }
        var pack =
                new Pack(
                        fields.text("pack"),
                        fields.place(),
                        all(fields, "mechanisms", this::mechanism),
                        all(fields, "states", this::state),
                        all(fields, "effects", this::effect),
                        all(fields, "fixes", this::fix),
                        all(fields, "investigations", this::investigation),
                        all(fields, "examples", new ExampleReader()::read));
        fields.refuseOthers();
        return pack;
    }

    private static <T> List<Declared<T>> all(
            Fielded fields, String key, Function<Fielded, T> reader) {
        return fields.all(key).stream()
                .map(
                        one -> {
                            var declared = new Declared<>(one.place(), reader.apply(one));
                            one.refuseOthers();
                            return declared;
                        })
                .toList();
    }

    private Mechanism mechanism(Fielded fields) {
        var change = fields.find("change").map(tree -> Fielded.of(tree, complaints));
        var fixes = fields.texts("fixes");
        var mechanism =
                new Mechanism(
                        fields.text("id"),
                        new Subject(fields.text("on")),
                        fields.text("family"),
                        fields.text("title"),
                        fields.number("share", 0.01, 0.001, 0.6),
                        change.map(c -> c.number("pi", 0.7, 0, 0.98)).orElse(0.0),
                        change.map(c -> c.texts("paths")).orElse(List.of()),
                        fields.text("signature", ""),
                        condition(fields, "when"),
                        fixes,
                        fields.text("noFix", ""),
                        fields.place().toString());
        change.ifPresent(Fielded::refuseOthers);
        if (fixes.isEmpty() == mechanism.noFix().isEmpty()) {
            fields.complain(
                    "fixes", "give fixes, or say in noFix why there is none: one of the two");
        }
        return mechanism;
    }

    private static Condition condition(Fielded fields, String name) {
        var written = fields.text(name, "");
        return written.isEmpty()
                ? Condition.ALWAYS
                : fields.parsed(name, written, Condition.ALWAYS, Conditions::compile);
    }

    private CausalState state(Fielded fields) {
        var kind = fields.text("obs", "symptom");
        var latent = kind.equals("latent");
        if (!latent && !kind.equals("symptom")) {
            fields.complain("obs", "obs should be symptom or latent");
        }
        var source = latent ? fields.text("source", "") : fields.text("source");
        return new CausalState(
                fields.text("id"),
                new Subject(fields.text("on")),
                fields.text("title"),
                latent,
                fields.truth("impact"),
                fields.number("leak", latent ? 0.002 : Parameters.LEAK, 0.002, 0.9),
                source,
                fields.duration("maxLag", Duration.ofSeconds(30)),
                fields.number("absence", latent ? 0 : 0.8, 0, 1),
                fields.place().toString());
    }

    private Effect effect(Fielded fields) {
        var path = fields.text("path", "self");
        var lag = fields.texts("lag");
        return new Effect(
                fields.text("from"),
                fields.text("to"),
                path.equals("self")
                        ? EffectPath.SELF
                        : fields.parsed("path", path, EffectPath.SELF, EffectPath::parse),
                gate(fields),
                fields.number("w", 0.5, 0.01, 0.99),
                lag(fields, lag, 0, Duration.ZERO),
                lag(fields, lag, 1, Duration.ofMinutes(2)),
                condition(fields, "given"),
                condition(fields, "when"),
                fields.place().toString());
    }

    private static Effect.Gate gate(Fielded fields) {
        return switch (fields.text("gate", "any")) {
            case "any" -> Effect.Gate.ANY;
            case "all" -> Effect.Gate.ALL;
            default -> {
                fields.complain("gate", "gate should be any or all");
                yield Effect.Gate.ANY;
            }
        };
    }

    private static Duration lag(Fielded fields, List<String> lag, int index, Duration otherwise) {
        if (lag.isEmpty()) {
            return otherwise;
        }
        if (lag.size() != 2) {
            fields.complain("lag", "lag should be [soonest, latest]");
            return otherwise;
        }
        return fields.parsed("lag", lag.get(index), otherwise, Durations::parse);
    }

    private FixDeclaration fix(Fielded fields) {
        return new FixDeclaration(
                fields.text("id"),
                fields.text("title"),
                (int) fields.number("risk", 1, 0, 3),
                fields.text("explanation"),
                fields.all("post").stream().map(PackReader::post).toList(),
                fields.place().toString());
    }

    private static FixDeclaration.Post post(Fielded fields) {
        var post =
                new FixDeclaration.Post(
                        fields.text("clears"), fields.duration("within", Duration.ofMinutes(5)));
        fields.refuseOthers();
        return post;
    }

    private InvestigationDeclaration investigation(Fielded fields) {
        return new InvestigationDeclaration(
                fields.text("id"),
                fields.text("tool"),
                fields.pairs("args"),
                fields.texts("separates"),
                fields.text("why"),
                fields.place().toString());
    }
}
