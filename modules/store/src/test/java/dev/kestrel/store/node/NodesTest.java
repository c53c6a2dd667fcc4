package dev.kestrel.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.testkit.Awaited;

import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class NodesTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Store STORE = OwnDatabase.open(OwnDatabase.newUrl());

    private final Nodes nodes = STORE.nodes();

    @Test
    void aNameIsHeldByOneStartOfANodeAtATime() {
        assertThat(await(nodes.hold("a", "first", LONG))).isTrue();
        assertThat(await(nodes.hold("a", "first", LONG))).as("again").isTrue();
        assertThat(await(nodes.hold("a", "second", LONG))).isFalse();
        assertThat(await(nodes.hold("b", "second", LONG))).as("another name").isTrue();
    }

    @Test
    void aNameThatWasGivenBackIsFreeAtOnce() {
        await(nodes.hold("c", "first", LONG));
        await(nodes.leave("c", "another start"));
        assertThat(await(nodes.hold("c", "second", LONG))).isFalse();

        await(nodes.leave("c", "first"));

        assertThat(await(nodes.hold("c", "second", LONG))).isTrue();
    }

    @Test
    void aNameWhoseLeaseIsOverIsFree() {
        await(nodes.hold("d", "first", Duration.ZERO));

        assertThat(await(nodes.hold("d", "second", LONG))).isTrue();
        assertThat(await(nodes.hold("d", "first", LONG))).as("it comes back late").isFalse();
    }

    @Test
    void theFirstKeyThatIsToldStays() {
        assertThat(await(nodes.key("authority"))).isEmpty();
        assertThat(await(nodes.agreeOnKey("authority", "one"))).isEqualTo("one");
        assertThat(await(nodes.agreeOnKey("authority", "two"))).isEqualTo("one");

        assertThat(await(nodes.key("authority"))).contains("one");
    }

    private static <T> T await(Future<T> future) {
        return Awaited.await(future.toCompletionStage());
    }
}
