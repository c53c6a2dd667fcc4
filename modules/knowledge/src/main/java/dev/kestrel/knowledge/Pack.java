package dev.kestrel.knowledge;

import dev.kestrel.domain.rca.CausalState;
import dev.kestrel.domain.rca.Effect;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.rca.InvestigationDeclaration;
import dev.kestrel.domain.rca.Mechanism;
import dev.kestrel.knowledge.yaml.Place;

import java.util.List;

/** One file of the knowledge, as it was read: nothing is resolved across files yet. */
public record Pack(
        String name,
        Place place,
        List<Declared<Mechanism>> mechanisms,
        List<Declared<CausalState>> states,
        List<Declared<Effect>> effects,
        List<Declared<FixDeclaration>> fixes,
        List<Declared<InvestigationDeclaration>> investigations,
        List<Declared<Example>> examples) {
    public Pack {
        mechanisms = List.copyOf(mechanisms);
        states = List.copyOf(states);
        effects = List.copyOf(effects);
        fixes = List.copyOf(fixes);
        investigations = List.copyOf(investigations);
        examples = List.copyOf(examples);
    }

    /** A declaration and where it stands. */
    public record Declared<T>(Place place, T value) {}
}
