package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.Input;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a cluster's telemetry stands in the journal: what a new stream resumes after.
 *
 * @param streamId empty while none is open
 * @param bootId of the operator that told last
 * @param sequence up to which its batches are in the journal
 * @param earlier boots that told before, newest first: a stream of one may turn up late
 */
record StreamState(String streamId, String bootId, long sequence, List<Boot> earlier) {
    /** How many boots are remembered; one that is older than these resends what it holds. */
    static final int EARLIER = 8;

    static final StreamState NONE = new StreamState("", "", 0, List.of());

    StreamState {
        earlier = List.copyOf(earlier);
    }

    /** How far one boot of the operator came. */
    record Boot(String id, long sequence) {}

    /** What an input makes of it. */
    StreamState after(Input input) {
        return switch (input) {
            case Input.StreamOpened opened -> opened(opened.streamId(), opened.bootId());
            case Input.StreamClosed closed ->
                    closed.streamId().equals(streamId)
                            ? new StreamState("", bootId, sequence, earlier)
                            : this;
            case Input.Telemetry telemetry ->
                    accepted(telemetry.batch().bootId(), telemetry.batch().sequence());
            case Input.CommandEnded _, Input.WordSpoken _, Input.TimePassed _ -> this;
        };
    }

    private StreamState opened(String stream, String boot) {
        if (boot.equals(bootId)) {
            return new StreamState(stream, boot, sequence, earlier);
        }
        var others = new ArrayList<Boot>();
        if (!bootId.isEmpty()) {
            others.add(new Boot(bootId, sequence));
        }
        earlier.stream().filter(one -> !one.id().equals(boot)).forEach(others::add);
        var known =
                earlier.stream()
                        .filter(one -> one.id().equals(boot))
                        .mapToLong(Boot::sequence)
                        .findFirst()
                        .orElse(0);
        return new StreamState(
                stream, boot, known, others.subList(0, Math.min(EARLIER, others.size())));
    }

    /** A batch of a boot is on its way into the journal, or there. */
    StreamState accepted(String boot, long reached) {
        return new StreamState(streamId, boot, reached, earlier);
    }
}
