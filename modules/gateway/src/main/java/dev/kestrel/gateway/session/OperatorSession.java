package dev.kestrel.gateway.session;

/**
 * The order of one telemetry stream's batches: what is handed over, what is answered again, what
 * breaks the stream. Sequences count within the operator's boot; everything up to {@code durable}
 * is in the journal, everything up to {@code accepted} has been handed to the owner.
 *
 * @param unanswered batches handed over that the owner has not answered
 */
public record OperatorSession(long accepted, long durable, int unanswered) {
    /**
     * A stream begins.
     *
     * @param resumeAfter highest sequence that is durable
     * @param firstHeld first sequence that the operator still has; what lies between was shed
     *     there, with a signal that says so; 0 when it holds none
     */
    public static OperatorSession resume(long resumeAfter, long firstHeld) {
        return new OperatorSession(Math.max(resumeAfter, firstHeld - 1), resumeAfter, 0);
    }

    /** The next state, and what to do. */
    public record Step(OperatorSession next, Move move) {}

    /** What to do. */
    public sealed interface Move {
        /** Give the batch to the owner. */
        record HandOver() implements Move {}

        /** Tell the operator how far the journal is. */
        record Acknowledge(long sequence) implements Move {}

        /** The operator broke the order: end the stream. */
        record Refuse(String why) implements Move {}

        /** Nothing can be made durable here: end the stream, the operator is to connect again. */
        record Leave(String why) implements Move {}
    }

    /** A batch came. */
    public Step received(long sequence) {
        if (sequence <= accepted) {
            return new Step(this, new Move.Acknowledge(durable));
        }
        if (sequence > accepted + 1) {
            return new Step(
                    this,
                    new Move.Refuse(
                            "sequence %d follows %d: batches are missing"
                                    .formatted(sequence, accepted)));
        }
        return new Step(
                new OperatorSession(sequence, durable, unanswered + 1), new Move.HandOver());
    }

    /**
     * The owner made batches durable.
     *
     * @param sequence up to which; never believed beyond what was handed over
     */
    public Step durable(long sequence) {
        var reached = Math.max(durable, Math.min(sequence, accepted));
        return new Step(
                new OperatorSession(accepted, reached, unanswered - 1),
                new Move.Acknowledge(reached));
    }

    /** The owner did not make a batch durable. */
    public Step lost(String why) {
        return new Step(
                new OperatorSession(accepted, durable, unanswered - 1), new Move.Leave(why));
    }
}
