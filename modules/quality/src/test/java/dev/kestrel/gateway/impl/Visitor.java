package dev.kestrel.gateway.impl;

/** Lives in a package named by no feature, so that a test sees the rule at work. */
public record Visitor(String name) {}
