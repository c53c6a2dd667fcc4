package dev.kestrel.simulator.network;

/** What asking the cluster's DNS for a name gave. */
public sealed interface Resolution {
    /** The name stands for this address. */
    record Found(String address) implements Resolution {}

    /** The server says that there is no such name. */
    record Unknown() implements Resolution {}

    /** No server answered. */
    record Silence() implements Resolution {}
}
