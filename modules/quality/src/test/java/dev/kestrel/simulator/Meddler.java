package dev.kestrel.simulator;

import dev.kestrel.domain.signal.ResourceRef;

/** Knows Kestrel, so that a test sees the rule at work. */
public record Meddler(ResourceRef known) {}
