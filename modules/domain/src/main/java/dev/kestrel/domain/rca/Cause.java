package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.Comparator;

/**
 * A mechanism at a resource: what may have gone wrong, and where.
 *
 * @param mechanism id in the knowledge, or {@link #UNKNOWN}
 */
public record Cause(String mechanism, ResourceRef at) implements Comparable<Cause> {
    /** Something here that the knowledge does not name. */
    public static final String UNKNOWN = "unknown";

    private static final Comparator<Cause> ORDER =
            Comparator.comparing(Cause::mechanism).thenComparing(Cause::at);

    public boolean isUnknown() {
        return mechanism.equals(UNKNOWN);
    }

    @Override
    public int compareTo(Cause other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return mechanism + "@" + at;
    }
}
