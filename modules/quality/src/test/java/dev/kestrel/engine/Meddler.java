package dev.kestrel.engine;

import dev.kestrel.gateway.impl.Visitor;
import dev.kestrel.server.ServerConfig;
import dev.kestrel.store.StoreConfig;

/** Knows whom the engine is not to know, so that a test sees the rules at work. */
public record Meddler(Visitor neighbour, ServerConfig root, StoreConfig store) {}
