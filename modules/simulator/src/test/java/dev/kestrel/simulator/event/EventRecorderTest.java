package dev.kestrel.simulator.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.simulator.Lab;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Identities;
import dev.kestrel.simulator.write.Registry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** The limits of client-go's correlator, each at its edge. */
final class EventRecorderTest {
    private final ObjectStore store = new ObjectStore(1, 10_000);
    private Instant now = Lab.START;
    private final Registry registry =
            new Registry(store, new Identities(new SplittableRandom(1)), () -> now);
    private final EventRecorder recorder = new EventRecorder(store, registry, () -> now);

    @BeforeEach
    void namespaces() {
        for (var name : List.of("default", "shop")) {
            var tree = Json.object();
            tree.putObject("metadata").put("name", name);
            registry.create(ResourceTypes.NAMESPACE, tree, FieldManager.update("test"), false);
        }
    }

    private void say(String message) {
        var key = new ResourceKey(ResourceTypes.POD, "shop", "web-1");
        var tree = Json.object();
        tree.putObject("metadata")
                .put("name", key.name())
                .put("namespace", key.namespace())
                .put("uid", "u1");
        var pod = KubeObject.of(ResourceTypes.POD, tree);
        recorder.record(
                new Occurrence(
                        new Source("kubelet", "worker-1"),
                        pod,
                        "",
                        Occurrence.WARNING,
                        "BackOff",
                        message));
    }

    private List<KubeObject> events() {
        return store.list(ResourceTypes.EVENT);
    }

    @Test
    void theSameEventIsCountedOnOneObject() {
        say("x");
        now = now.plusSeconds(5);
        say("x");
        assertThat(events())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.number("count")).isEqualTo(2);
                            assertThat(event.text("firstTimestamp"))
                                    .isEqualTo("2026-03-02T09:00:00Z");
                            assertThat(event.text("lastTimestamp"))
                                    .isEqualTo("2026-03-02T09:00:05Z");
                        });
    }

    @Test
    void theTenthDifferentMessageBeginsAnAggregate() {
        for (int i = 1; i <= 9; i++) {
            say("message " + i);
        }
        assertThat(events())
                .hasSize(9)
                .noneMatch(event -> event.text("message").startsWith("(combined"));
        say("message 10");
        say("message 11");
        assertThat(events())
                .hasSize(10)
                .anySatisfy(
                        event -> {
                            assertThat(event.text("message"))
                                    .isEqualTo("(combined from similar events): message 11");
                            assertThat(event.number("count")).isEqualTo(2);
                        });
    }

    @Test
    void theTwentySixthEventInARowIsSilencedAndOneMoreIsAllowedEveryFiveMinutes() {
        for (int i = 0; i < 25; i++) {
            say("x");
        }
        assertThat(recorder.silenced()).isZero();
        say("x");
        assertThat(recorder.silenced()).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(5));
        say("x");
        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.number("count")).isEqualTo(26));
    }

    @Test
    void eventsAreForgottenAfterAnHour() {
        say("x");
        now = now.plus(Duration.ofHours(1));
        recorder.expire();
        assertThat(events()).hasSize(1);
        now = now.plusSeconds(1);
        recorder.expire();
        assertThat(events()).isEmpty();
    }
}
