package dev.kestrel.domain.round;

import dev.kestrel.domain.circle.Here;

import java.util.List;

/** Goes round in a circle with {@link Here}, so that a test sees the rule at work. */
public record There(List<Here> here) {
    static There of(Here here) {
        return new There(List.of(here));
    }
}
