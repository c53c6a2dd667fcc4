package dev.kestrel.simulator.network;

import dev.kestrel.simulator.resource.KubeObject;

import java.time.Instant;

/** A pod as others reach it at its address. */
public interface Host {
    /** The pod as it is now. */
    KubeObject pod();

    /** Whether a process accepts connections on the port. */
    boolean listens(int port);

    /** Answers an HTTP request to a port that listens. */
    Reply get(int port, String path, Instant now);
}
