package dev.kestrel.operator.source.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation.EventReported;
import dev.kestrel.operator.kube.JsonFields;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

final class EventReadingTest {
    private static final Instant SEEN = Instant.parse("2100-01-01T00:00:00Z");

    @Test
    void anEventOfTheOldLibrary() {
        var event =
                read(
                        """
                        {"involvedObject":{"kind":"Pod","namespace":"shop","name":"cart-1","uid":"u1",
                           "fieldPath":"spec.containers{app}"},
                         "type":"Warning","reason":"BackOff","message":"Back-off, token=abc","count":7,
                         "firstTimestamp":"2099-12-31T23:00:00Z","lastTimestamp":"2099-12-31T23:50:00Z",
                         "eventTime":null,"source":{"component":"kubelet"},"reportingComponent":"kubelet"}
                        """);
        assertThat(event.about()).hasToString("Pod/shop/cart-1");
        assertThat(event.warning()).isTrue();
        assertThat(event.count()).isEqualTo(7);
        assertThat(event.message()).isEqualTo("Back-off, token=[redacted:secret]");
        assertThat(event.firstAt()).isEqualTo(Instant.parse("2099-12-31T23:00:00Z"));
        assertThat(event.lastAt()).isEqualTo(Instant.parse("2099-12-31T23:50:00Z"));
        assertThat(event.reporter()).isEqualTo("kubelet");
    }

    @Test
    void anEventOfTheNewLibraryHasItsTimesElsewhere() {
        var event =
                read(
                        """
                        {"involvedObject":{"kind":"Pod","name":"x"},"type":"Normal","reason":"Scheduled",
                         "eventTime":"2099-12-31T23:00:00.123456Z","firstTimestamp":null,
                         "series":{"count":3,"lastObservedTime":"2099-12-31T23:10:00.000000Z"},
                         "source":{},"reportingComponent":"default-scheduler"}
                        """);
        assertThat(event.count()).isEqualTo(3);
        assertThat(event.firstAt()).isEqualTo(Instant.parse("2099-12-31T23:00:00.123456Z"));
        assertThat(event.lastAt()).isEqualTo(Instant.parse("2099-12-31T23:10:00Z"));
        assertThat(event.reporter()).isEqualTo("default-scheduler");
    }

    @Test
    void anEventWithoutAnyTimeIsOfWhenItWasSeen() {
        var event = read("{\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"x\"}}");
        assertThat(event.lastAt()).isEqualTo(SEEN);
        assertThat(event.count()).isEqualTo(1);
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(read("{\"message\":\"" + "x".repeat(1025) + "\"}").message()).hasSize(1024);
    }

    private static EventReported read(String json) {
        var fields = JsonFields.read(json.getBytes(StandardCharsets.UTF_8));
        return (EventReported) EventReading.read(fields, SEEN).observation();
    }
}
