package dev.kestrel.domain.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

final class DetectionTest {
    private static final Instant NOW = Instant.parse("2031-05-01T10:00:00Z");

    /** The first inventory is judged like that: object by object, once all of them are there. */
    @Test
    void whatIsLookedAtAgainIsJudgedThoughSomethingElseCameLast() {
        var service = object("Service", "backend", Map.of("selector", Map.of("app", "nobody")));
        var topology = new Topology();
        topology.apply(service, NOW);
        topology.apply(object("Service", "other", Map.of()), NOW);

        var again = new Signal(NOW, new Observation.ObjectSeen(service));
        assertThat(Detection.examine(again, List.of(), topology))
                .anyMatch(
                        sample ->
                                sample.bad()
                                        && sample.key().type().equals("service.selects_nothing")
                                        && sample.key().about().equals(service.ref()));
    }

    private static KubeObject object(String kind, String name, Map<String, Object> spec) {
        var metadata = Map.of("name", name, "namespace", "shop");
        return new KubeObject(
                new ResourceRef(kind, "shop", name),
                name,
                "1",
                "v1",
                Fields.of(Map.of("metadata", metadata, "spec", spec)),
                List.of());
    }
}
