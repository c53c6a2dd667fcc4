package dev.kestrel.operator;

import dev.kestrel.bus.Topics;

/** Knows what only the cloud is to know, so that a test sees the rule at work. */
public record Meddler(Topics.Noted noted) {}
