package dev.kestrel.domain.signal;

import java.util.Locale;

/** Where a call was looked at: as it came in to its destination, or as it left its source. */
public enum Direction {
    INGRESS,
    EGRESS;

    /** The list of rules for it in a NetworkPolicy's {@code spec}. */
    public String rules() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The list of those at the other end in such a rule. */
    public String peers() {
        return this == INGRESS ? "from" : "to";
    }
}
