package dev.kestrel.knowledge;

import dev.kestrel.domain.rca.CausalModel;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The packs of a folder, read and compiled.
 *
 * @param model compiled from everything that could be read
 * @param complaints all at once, sorted by place; what examples and separability show is the
 *     linter's
 */
public record Knowledge(
        CausalModel model, List<Pack> packs, PackFiles files, List<Complaint> complaints) {
    public Knowledge {
        packs = List.copyOf(packs);
        complaints = List.copyOf(complaints);
    }

    /** Whether it may be reasoned with. */
    public boolean isSound() {
        return complaints.stream().noneMatch(c -> c.weight() == Complaint.Weight.ERROR);
    }

    /**
     * The model.
     *
     * @throws IllegalStateException when the knowledge is not sound; says everything that is wrong
     */
    public CausalModel sound() {
        if (!isSound()) {
            throw new IllegalStateException(
                    "the knowledge cannot be used:\n"
                            + complaints.stream()
                                    .map(Complaint::toString)
                                    .collect(Collectors.joining("\n")));
        }
        return model;
    }

    /** Whether the same files are there as before. */
    public boolean isSameAs(Knowledge other) {
        return model.digest().equals(other.model.digest());
    }
}
