package dev.kestrel.domain.circle;

import dev.kestrel.domain.round.There;

/** Goes round in a circle with {@link There}, so that a test sees the rule at work. */
public record Here(There there) {}
