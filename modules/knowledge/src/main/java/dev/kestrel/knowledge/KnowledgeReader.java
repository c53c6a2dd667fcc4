package dev.kestrel.knowledge;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.analysis.Analyzers;
import dev.kestrel.knowledge.Pack.Declared;
import dev.kestrel.knowledge.yaml.Place;
import dev.kestrel.knowledge.yaml.Reader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads packs and compiles them to a causal model; complains about everything at once. */
public final class KnowledgeReader {
    private final List<Complaint> complaints = new ArrayList<>();
    private final List<Pack> packs = new ArrayList<>();

    private KnowledgeReader() {}

    /** The packs of a folder. */
    public static Knowledge read(Path folder) {
        return read(PackFiles.of(folder));
    }

    /** The packs that Kestrel brings along. */
    public static Knowledge bundled() {
        return read(PackFiles.bundled());
    }

    public static Knowledge read(PackFiles files) {
        return new KnowledgeReader().compile(files);
    }

    private Knowledge compile(PackFiles files) {
        files.packs().forEach(this::parse);
        check();
        var model =
                new CausalModel(
                        files.digest(),
                        values(Pack::mechanisms),
                        values(Pack::states),
                        values(Pack::effects),
                        values(Pack::fixes),
                        values(Pack::investigations));
        return new Knowledge(model, packs, files, complaints.stream().sorted().toList());
    }

    private void parse(String file, String text) {
        try {
            var reader = new PackReader(complaints::add);
            Reader.read(file, text).forEach(document -> packs.add(reader.read(document)));
        } catch (Reader.Malformed e) {
            complaints.add(Complaint.error(e.place(), "no YAML: " + e.getMessage()));
        }
    }

    private <T> List<T> values(Function<Pack, List<Declared<T>>> part) {
        return declared(part).map(Declared::value).toList();
    }

    private <T> Stream<Declared<T>> declared(Function<Pack, List<Declared<T>>> part) {
        return packs.stream().flatMap(pack -> part.apply(pack).stream());
    }

    private void check() {
        var mechanisms = once(Pack::mechanisms, mechanism -> mechanism.id());
        var states = once(Pack::states, state -> state.id());
        var fixes = once(Pack::fixes, fix -> fix.id());
        once(Pack::investigations, investigation -> investigation.id());
        declared(Pack::mechanisms)
                .forEach(
                        one -> {
                            one.value().fixes().forEach(fix -> known(one, fix, fixes, "fix"));
                            checkAnalyzer(one.place(), one.value().analyzer());
                        });
        declared(Pack::effects)
                .forEach(
                        one -> {
                            var from = one.value().from();
                            if (!mechanisms.containsKey(from)) {
                                known(one, from, states, "mechanism or state");
                            }
                            known(one, one.value().to(), states, "state");
                        });
        declared(Pack::fixes)
                .forEach(
                        one ->
                                one.value()
                                        .post()
                                        .forEach(
                                                post -> known(one, post.state(), states, "state")));
        declared(Pack::investigations)
                .forEach(
                        one ->
                                one.value()
                                        .separates()
                                        .forEach(id -> known(one, id, mechanisms, "mechanism")));
    }

    private void checkAnalyzer(Place place, String analyzer) {
        if (!analyzer.isEmpty() && Analyzers.find(analyzer).isEmpty()) {
            complaints.add(
                    Complaint.error(
                            place,
                            "there is no analyzer %s; there are %s"
                                    .formatted(
                                            analyzer,
                                            Analyzers.ALL.stream().map(a -> a.id()).toList())));
        }
    }

    private <T> Map<String, Declared<T>> once(
            Function<Pack, List<Declared<T>>> part, Function<T, String> id) {
        var byId = new HashMap<String, Declared<T>>();
        declared(part)
                .forEach(
                        one -> {
                            var other = byId.putIfAbsent(id.apply(one.value()), one);
                            if (other != null) {
                                complaints.add(
                                        Complaint.error(
                                                one.place(),
                                                "%s is declared already at %s"
                                                        .formatted(
                                                                id.apply(one.value()),
                                                                other.place())));
                            }
                        });
        return byId;
    }

    private void known(Declared<?> user, String id, Map<String, ?> known, String what) {
        if (!known.containsKey(id)) {
            complaints.add(Complaint.error(user.place(), "there is no %s %s".formatted(what, id)));
        }
    }
}
