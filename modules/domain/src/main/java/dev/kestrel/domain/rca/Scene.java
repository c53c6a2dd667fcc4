package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.visibility.Visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything one inference looks at. */
final class Scene {
    /** What was there long before explains nothing. */
    static final double AMBIENT_LEAK = 0.9;

    private final SortedMap<SymptomKey, Symptom> own = new TreeMap<>();
    private final SortedMap<SymptomKey, Symptom> others = new TreeMap<>();
    private final Set<ResourceRef> symptomatic = new HashSet<>();
    private final Map<String, Double> visible = new HashMap<>();
    private final Map<List<Object>, Boolean> held = new HashMap<>();
    private final Visibility visibility;
    final Topology topology;
    final CausalModel model;
    final Parameters parameters;
    final Instant now;
    private final Instant onset;

    Scene(
            List<Symptom> symptoms,
            List<Symptom> elsewhere,
            Topology topology,
            Visibility visibility,
            CausalModel model,
            Parameters parameters,
            Instant now) {
        this.topology = topology;
        this.visibility = visibility;
        this.model = model;
        this.parameters = parameters;
        this.now = now;
        symptoms.forEach(symptom -> own.put(symptom.key(), symptom));
        elsewhere.stream()
                .filter(symptom -> !own.containsKey(symptom.key()))
                .forEach(symptom -> others.put(symptom.key(), symptom));
        symptoms.stream()
                .filter(Symptom::isLive)
                .forEach(symptom -> symptomatic.add(symptom.key().about()));
        this.onset =
                live().stream()
                        .map(Symptom::onsetLatest)
                        .min(Comparator.naturalOrder())
                        .orElse(now);
    }

    /** Symptoms of the incident that are live, sorted. */
    List<Symptom> live() {
        return own.values().stream().filter(Symptom::isLive).toList();
    }

    /** All live symptoms of the cluster, sorted. */
    List<Symptom> everywhere() {
        var all = new ArrayList<>(live());
        all.addAll(others.values());
        all.sort(Comparator.comparing(Symptom::key));
        return Collections.unmodifiableList(all);
    }

    /** The incident's symptoms, live or not. */
    SortedMap<SymptomKey, Symptom> own() {
        return own;
    }

    boolean isSymptomatic(ResourceRef resource) {
        return symptomatic.contains(resource);
    }

    /** When the incident began: the earliest that any of its symptoms was seen. */
    Instant onset() {
        return onset;
    }

    /** How well a source is seen now, 0..1; asked once per inference. */
    double visible(String source) {
        return source.isEmpty()
                ? 0
                : visible.computeIfAbsent(source, name -> visibility.of(name, now));
    }

    /**
     * What was seen of a state. Absent only when it would have been seen by now; otherwise nothing
     * is known of it.
     *
     * @param latest how long after the onset it would follow at the latest
     */
    Sight sight(StateAt node, Duration latest) {
        if (node.cause()) {
            return Sight.CAUSE;
        }
        var symptom = own.get(node.key());
        if (symptom != null) {
            var counts = symptom.isLive() || symptom.state() == Symptom.State.AMBIENT;
            return counts ? Sight.PRESENT : Sight.LATENT;
        }
        var state = model.state(node.id(), node.at());
        if (state.latent()
                || others.containsKey(node.key())
                || now.isBefore(onset.plus(latest).plus(state.maxLag()))) {
            return Sight.LATENT;
        }
        var reliability = state.absence() * visible(state.source());
        return reliability <= 0 ? Sight.LATENT : new Sight(Seen.ABSENT, reliability);
    }

    /** Probability that a state is there without any cause. */
    double leak(StateAt node) {
        var symptom = own.get(node.key());
        return symptom != null && symptom.state() == Symptom.State.AMBIENT
                ? AMBIENT_LEAK
                : model.state(node.id(), node.at()).leak();
    }

    /** What cannot be seen now, in sentences. */
    List<String> blind() {
        return visibility.blind(now);
    }

    /** Whether the condition holds; asked once per inference, because CEL is not free. */
    boolean holds(Condition condition, ResourceRef subject) {
        return condition.equals(Condition.ALWAYS)
                || held.computeIfAbsent(
                        List.of(condition, subject), ignored -> condition.holds(subject, topology));
    }
}
