package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.SymptomKey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The compiled knowledge: what can go wrong, what follows from it, and what helps. Immutable; its
 * digest names it in every diagnosis.
 */
public final class CausalModel {
    /** Knows nothing: every cause is unknown. */
    public static final CausalModel EMPTY =
            new CausalModel("", List.of(), List.of(), List.of(), List.of(), List.of());

    private final String digest;
    private final SortedMap<String, Mechanism> mechanisms = new TreeMap<>();
    private final SortedMap<String, CausalState> states = new TreeMap<>();
    private final SortedMap<String, FixDeclaration> fixes = new TreeMap<>();
    private final List<InvestigationDeclaration> investigations;
    private final List<Effect> effects;
    private final Map<String, List<Effect>> effectsOf = new TreeMap<>();
    private final Map<String, List<Effect>> causesOf = new TreeMap<>();

    /**
     * @param digest of the packs it was compiled from
     */
    public CausalModel(
            String digest,
            List<Mechanism> mechanisms,
            List<CausalState> states,
            List<Effect> effects,
            List<FixDeclaration> fixes,
            List<InvestigationDeclaration> investigations) {
        this.digest = digest;
        mechanisms.forEach(mechanism -> this.mechanisms.put(mechanism.id(), mechanism));
        states.forEach(state -> this.states.put(state.id(), state));
        fixes.forEach(fix -> this.fixes.put(fix.id(), fix));
        this.investigations = List.copyOf(investigations);
        this.effects = List.copyOf(effects);
        for (var effect : effects) {
            effectsOf.computeIfAbsent(effect.from(), ignored -> new ArrayList<>()).add(effect);
            causesOf.computeIfAbsent(effect.to(), ignored -> new ArrayList<>()).add(effect);
        }
    }

    /** Names this knowledge. */
    public String digest() {
        return digest;
    }

    /** By id. */
    public SortedMap<String, Mechanism> mechanisms() {
        return Collections.unmodifiableSortedMap(mechanisms);
    }

    /** By id. */
    public SortedMap<String, CausalState> states() {
        return Collections.unmodifiableSortedMap(states);
    }

    /** By id. */
    public SortedMap<String, FixDeclaration> fixes() {
        return Collections.unmodifiableSortedMap(fixes);
    }

    public List<InvestigationDeclaration> investigations() {
        return investigations;
    }

    public List<Effect> effects() {
        return effects;
    }

    /** What follows from a mechanism or state, in the order of declaration. */
    public List<Effect> effectsOf(String id) {
        return Collections.unmodifiableList(effectsOf.getOrDefault(id, List.of()));
    }

    /** What brings a state about, in the order of declaration. */
    public List<Effect> causesOf(String state) {
        return Collections.unmodifiableList(causesOf.getOrDefault(state, List.of()));
    }

    /** The state of that id, or one that stands for a symptom no pack declares. */
    public CausalState state(String id, ResourceRef on) {
        var state = states.get(id);
        return state == null ? CausalState.undeclared(id, new Subject(on.kind())) : state;
    }

    /** What a cause is called, in one sentence. */
    public String title(Cause cause) {
        var mechanism = mechanisms.get(cause.mechanism());
        return mechanism == null
                ? "Something at %s that the knowledge does not name".formatted(cause.at())
                : mechanism.title().replace("{resource}", cause.at().toString());
    }

    /** What is abnormal and where, in one clause. */
    public String title(SymptomKey symptom) {
        return symptom.about() + " " + state(symptom.type(), symptom.about()).title();
    }

    /** Whether those who use the cluster feel this state; an undeclared one is taken seriously. */
    public boolean isImpact(String state) {
        return !states.containsKey(state) || states.get(state).impact();
    }
}
