package dev.kestrel.domain.investigation;

/** What came of a question. Only {@link Given} says anything about the cluster. */
public sealed interface Answer {
    /**
     * The tool ran.
     *
     * @param output as the tool prints it, redacted
     * @param truncated cut at the size limit: what is missing is unknown, not absent
     */
    record Given(String output, boolean truncated) implements Answer {}

    /** The tool or its arguments are not allowed; asking again is pointless. */
    record Refused(String why) implements Answer {}

    /** The tool ran and failed, or took too long: the answer is unknown. */
    record Unknown(String why) implements Answer {}
}
