package dev.kestrel.api.live;

/** Why a feed ends; the client acts by the code. */
enum Goodbye {
    NOT_UNDERSTOOD(4400, "not understood"),
    TOKEN_REFUSED(4401, "token missing, wrong or expired"),
    NO_HELLO(4408, "no hello in time"),
    TOO_MANY(4429, "too many feeds or messages"),
    GOING_AWAY(1001, "going away"),
    /** Also where the connection broke, and nobody hears it. */
    TOO_LARGE(1009, "message too large");

    private final short code;
    private final String reason;

    Goodbye(int code, String reason) {
        this.code = (short) code;
        this.reason = reason;
    }

    short code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
