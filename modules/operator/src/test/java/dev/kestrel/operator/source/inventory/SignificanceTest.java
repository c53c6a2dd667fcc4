package dev.kestrel.operator.source.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.operator.kube.JsonFields;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

final class SignificanceTest {
    private static final String NODE =
            """
            {"metadata":{"name":"n","resourceVersion":"1","generation":1},
             "status":{"conditions":[{"type":"Ready","status":"True",
               "lastHeartbeatTime":"2100-01-01T00:00:00Z","lastTransitionTime":"2100-01-01T00:00:00Z"}]}}
            """;

    @ParameterizedTest
    @CsvSource({
        "\"resourceVersion\":\"1\",\"resourceVersion\":\"2\",same",
        "\"lastHeartbeatTime\":\"2100,\"lastHeartbeatTime\":\"2101,same",
        "\"lastTransitionTime\":\"2100,\"lastTransitionTime\":\"2101,new",
        "\"status\":\"True\",\"status\":\"False\",new",
        "\"generation\":1,\"generation\":2,new"
    })
    void aHeartbeatSaysNothingNew(String before, String after, String verdict) {
        var same = fingerprint(NODE).equals(fingerprint(NODE.replace(before, after)));
        assertThat(same ? "same" : "new").isEqualTo(verdict);
    }

    private static String fingerprint(String json) {
        return Significance.fingerprint(JsonFields.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
