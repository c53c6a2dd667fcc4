package dev.kestrel.protocol;

/** Says that bytes from the wire are not what they should be, and why. Never carries their text. */
public final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    public Malformed(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why it was refused; the label of a counter. */
    public enum Reason {
        /** No protobuf message of the expected type. */
        UNDECODABLE,
        /** A body or an enum value that this version does not know. */
        UNKNOWN,
        /** A field that must be there is not. */
        INCOMPLETE,
        /** Over one of {@link WireLimits}. */
        TOO_LARGE,
        /** No JSON object. */
        BAD_JSON
    }
}
