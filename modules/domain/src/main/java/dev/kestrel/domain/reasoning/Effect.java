package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.incident.Incident;

/** What the world must be told after an input. The shell tells it; told twice, it does no harm. */
public sealed interface Effect {
    /** A new revision to keep and to show. */
    record IncidentRevised(Incident incident) implements Effect {}

    /** A command for the operator; repeated until its outcome is known or it expires. */
    record Send(Command command) implements Effect {}

    record HealthChanged(Clusters.Health health) implements Effect {}

    /**
     * To whoever spoke the word that was just taken in.
     *
     * @param refusal empty when it was taken; else a refusal's name and advice
     */
    record WordAnswered(boolean taken, String refusal, long revision) implements Effect {}
}
