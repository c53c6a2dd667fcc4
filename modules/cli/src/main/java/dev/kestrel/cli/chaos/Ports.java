package dev.kestrel.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The fixed ports of one node: after a restart it is found where it was. */
record Ports(int membership, int bus, int api, int enrolment, int streams) {
    static Ports draw() {
        return new Ports(free(), free(), free(), free(), free());
    }

    private static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
