package dev.kestrel.domain.command;

/** How handing a command to a cluster ended. The kinds differ in what the caller may do next. */
public sealed interface Dispatch {
    /** The operator's stream took it; its outcome follows under the same id. */
    record Taken(String commandId) implements Dispatch {}

    /**
     * Nobody holds that cluster's control stream, or it is full. Try again until the command
     * expires.
     */
    record Unreachable(String why) implements Dispatch {}

    /** It will not be done, however often it is asked. */
    record Declined(String why) implements Dispatch {}
}
