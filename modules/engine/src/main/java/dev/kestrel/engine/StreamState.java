package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.Input;

/**
 * How far a cluster's stream has come: what of the bookkeeping must survive a restart.
 *
 * @param streamId the open stream; empty when there is none
 * @param bootId the operator's newest boot
 * @param sequence its highest durable sequence
 */
record StreamState(String streamId, String bootId, long sequence) {
    static final StreamState NONE = new StreamState("", "", 0);

    /** What an input makes of it. */
    StreamState after(Input input) {
        return switch (input) {
            case Input.StreamOpened opened ->
                    new StreamState(
                            opened.streamId(),
                            opened.bootId(),
                            opened.bootId().equals(bootId) ? sequence : 0);
            case Input.StreamClosed closed ->
                    closed.streamId().equals(streamId)
                            ? new StreamState("", bootId, sequence)
                            : this;
            case Input.Telemetry telemetry ->
                    new StreamState(
                            streamId, telemetry.batch().bootId(), telemetry.batch().sequence());
            case Input.CommandEnded _, Input.WordSpoken _ -> this;
        };
    }
}
