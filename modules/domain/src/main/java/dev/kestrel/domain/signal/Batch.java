package dev.kestrel.domain.signal;

import java.util.List;

/**
 * Signals that travel and become durable together.
 *
 * @param bootId start of the operator within which {@code sequence} counts
 * @param sequence from 1, without gaps
 */
public record Batch(String bootId, long sequence, List<Signal> signals) {
    public Batch {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequences start at 1: " + sequence);
        }
        signals = List.copyOf(signals);
    }
}
