package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.Batch;

import java.util.List;

/**
 * Everything that reasoning about a cluster learns from outside. All of it is in the journal before
 * it counts.
 */
public sealed interface Input {
    /** Facts from the operator. */
    record Telemetry(Batch batch) implements Input {}

    /**
     * The operator's stream is up.
     *
     * @param writeNamespaces where it may write; empty means nowhere
     */
    record StreamOpened(
            String streamId,
            String bootId,
            String operatorVersion,
            String kubernetesVersion,
            boolean writeEnabled,
            List<String> writeNamespaces,
            List<String> writeKinds)
            implements Input {
        public StreamOpened {
            writeNamespaces = List.copyOf(writeNamespaces);
            writeKinds = List.copyOf(writeKinds);
        }
    }

    /**
     * The stream is gone.
     *
     * @param silent nothing was heard for too long, although the connection stood
     */
    record StreamClosed(String streamId, boolean silent) implements Input {}

    record CommandEnded(String commandId, Outcome outcome) implements Input {}

    record WordSpoken(String incident, Word word) implements Input {}

    /**
     * Nothing came, and a timer is due. Timers also act when another input comes after their time;
     * this is said where none does, so that a replay by another clock lets the same time pass.
     */
    record TimePassed() implements Input {}
}
