package dev.kestrel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import org.junit.jupiter.api.Test;

import java.util.Collections;

/** What a stream begins with, at each limit and one beyond it. */
class UpwardTest {
    private static void isTaken(Hello.Builder hello) {
        assertThat(Upward.read(wire(hello))).isInstanceOf(Upward.Hello.class);
    }

    private static void isRefused(Hello.Builder hello) {
        assertThatThrownBy(() -> Upward.read(wire(hello))).isInstanceOf(Malformed.class);
    }

    private static byte[] wire(Hello.Builder hello) {
        return TelemetryUp.newBuilder().setHello(hello).build().toByteArray();
    }

    private static Hello.Builder hello() {
        return Hello.newBuilder().setBootId("boot-1");
    }

    @Test
    void aBootIdHasOneToSixtyFourCharacters() {
        isTaken(hello().setBootId("b".repeat(WireLimits.ID_CHARS)));
        isRefused(hello().setBootId("b".repeat(WireLimits.ID_CHARS + 1)));
        isTaken(hello().setBootId("b"));
        isRefused(hello().setBootId(""));
    }

    @Test
    void aThousandNamespacesMayBeWrittenAndNotOneMore() {
        isTaken(hello().addAllWriteNamespaces(Collections.nCopies(1_000, "shop")));
        isRefused(hello().addAllWriteNamespaces(Collections.nCopies(1_001, "shop")));
        isTaken(hello().addWriteKinds("k".repeat(256)));
        isRefused(hello().addWriteKinds("k".repeat(257)));
    }
}
