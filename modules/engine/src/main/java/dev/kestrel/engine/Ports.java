package dev.kestrel.engine;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.SignalCodec;

/** What the engine is given to reach the outside. */
public record Ports(
        Journal journal,
        Owners owners,
        IncidentArchive archive,
        Clusters clusters,
        SignalCodec codec) {}
