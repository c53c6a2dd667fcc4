package dev.kestrel.protocol;

/** How large things on the wire may be. Both sides enforce the same numbers. */
public final class WireLimits {
    /** One message of any kind, in bytes. */
    public static final int MESSAGE_BYTES = 1 << 20;

    /** Signals in one batch. */
    public static final int BATCH_SIGNALS = 50;

    /** One log line, in bytes of UTF-8. */
    public static final int LOG_LINE_BYTES = 8 << 10;

    /** The message of a Kubernetes Event, in characters. */
    public static final int EVENT_MESSAGE_CHARS = 1024;

    /** A name, kind, reason or other short text, in characters. */
    public static final int SHORT_TEXT_CHARS = 1024;

    /** The JSON of one object, in bytes. */
    public static final int OBJECT_BYTES = 512 << 10;

    /** Maps and lists inside each other in one object. */
    public static final int OBJECT_DEPTH = 64;

    /** Maps, lists and plain values in one object; keeps small JSON from becoming a large tree. */
    public static final int OBJECT_VALUES = 50_000;

    /** Field managers of one object. */
    public static final int OBJECT_MANAGERS = 64;

    /** Policies that one flow names. */
    public static final int FLOW_POLICIES = 16;

    /** The output of one investigation, all chunks together, in bytes. */
    public static final int RESULT_BYTES = 512 << 10;

    /** A certificate signing request, in bytes. */
    public static final int CSR_BYTES = 8 << 10;

    /** A join token, in characters. */
    public static final int JOIN_TOKEN_CHARS = 256;

    /** A boot id or command id, in characters. */
    public static final int ID_CHARS = 64;

    private WireLimits() {}
}
