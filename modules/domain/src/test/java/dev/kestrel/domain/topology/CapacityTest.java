package dev.kestrel.domain.topology;

import static dev.kestrel.domain.scenario.Given.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology.Limits;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** How much of a cluster is kept, at the limit and one past it. */
class CapacityTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final Limits THREE_OBJECTS = new Limits(3, 1_000_000, 9, 9, 9);
    private static final Limits LITTLE_TEXT = new Limits(9, 1_000, 9, 9, 9);
    private static final ResourceRef NODE_1 = ResourceRef.parse("Node/node-1");

    private Topology topology = new Topology(THREE_OBJECTS);

    private void see(String ref, String... fields) {
        topology.apply(object(ref, fields), T0);
    }

    private void threeNodes() {
        see("Node/node-1");
        see("Node/node-2");
        see("Node/node-3");
    }

    @Test
    void asManyObjectsAsThereMayBeAreKeptAndOneMoreIsLeftOut() {
        threeNodes();
        assertThat(topology.leftOut()).isEmpty();

        see("Node/node-4");

        assertThat(topology.count("Node")).isEqualTo(3);
        assertThat(topology.leftOut()).containsEntry("Node", 1);
        assertThat(topology.forgotten()).containsEntry("objects", 1L);
    }

    @Test
    void whatIsKnownGoesOnChanging() {
        threeNodes();
        see("Node/node-1", "spec.unschedulable = true");

        assertThat(topology.find(NODE_1).orElseThrow().at("spec", "unschedulable").truth(false))
                .isTrue();
        assertThat(topology.leftOut()).isEmpty();
    }

    @Test
    void whatGoesMakesRoomAndWhatIsGoneIsNotMissing() {
        threeNodes();
        see("Node/node-4");
        see("Node/node-5");
        topology.remove(ResourceRef.parse("Node/node-5"), "", T0);
        topology.remove(NODE_1, "", T0);
        assertThat(topology.leftOut()).containsEntry("Node", 1);

        see("Node/node-4");

        assertThat(topology.count("Node")).isEqualTo(3);
        assertThat(topology.leftOut()).isEmpty();
    }

    @Test
    void aSnapshotTellsAnewWhatThereIs() {
        threeNodes();
        see("Node/node-4");
        topology.beginSnapshot("Node");
        assertThat(topology.leftOut()).isEmpty();
        see("Node/node-1");
        topology.completeSnapshot("Node", T0);

        assertThat(topology.count("Node")).isEqualTo(1);
        see("Node/node-4");
        assertThat(topology.count("Node")).isEqualTo(2);
    }

    @Test
    void anObjectThatGrowsPastTheLimitIsNotKeptAsItWas() {
        topology = new Topology(LITTLE_TEXT);
        see("Node/node-1", "metadata.annotations.a = " + "x".repeat(600));
        assertThat(topology.leftOut()).isEmpty();

        see("Node/node-1", "metadata.annotations.a = " + "x".repeat(1_000));

        assertThat(topology.find(NODE_1)).isEmpty();
        assertThat(topology.leftOut()).containsEntry("Node", 1);
        see("Node/node-2", "metadata.annotations.a = " + "x".repeat(600));
        assertThat(topology.count("Node")).isEqualTo(1);
    }

    @Test
    void aRestoredTopologyHasAsMuchRoomAsBefore() {
        threeNodes();
        see("Node/node-4");
        topology = Topology.restore(topology.snapshot(), THREE_OBJECTS);
        assertThat(topology.leftOut()).containsEntry("Node", 1);

        see("Node/node-5");

        assertThat(topology.count("Node")).isEqualTo(3);
        assertThat(topology.leftOut()).containsEntry("Node", 2);
    }
}
