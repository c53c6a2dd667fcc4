package dev.kestrel.operator.source.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.operator.kube.JsonFields;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

final class TroubleTest {
    private static final ResourceRef POD = new ResourceRef("Pod", "shop", "cart-1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "ready":true,"restartCount":0,"state":{"running":{}} | nothing
                    "ready":false,"restartCount":0,"state":{"running":{}} | follow
                    "ready":false,"restartCount":0,"state":{"waiting":{"reason":"ContainerCreating"}} | nothing
                    "ready":false,"restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":1,"finishedAt":"2100-01-01T00:00:00Z"}} | previous
                    "ready":true,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"exitCode":137,"finishedAt":"2100-01-01T00:00:00Z"}} | follow, previous
                    "ready":true,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"exitCode":137,"finishedAt":"2099-12-31T23:50:01Z"}} | nothing
                    "ready":false,"restartCount":0,"state":{"terminated":{"exitCode":1,"finishedAt":"2100-01-01T00:00:00Z"}} | current
                    "ready":false,"restartCount":0,"state":{"terminated":{"exitCode":0,"finishedAt":"2100-01-01T00:00:00Z"}} | nothing
                    """)
    void onlyContainersInTroubleAreHeard(String status, String expected) {
        var json =
                """
                {"metadata":{"uid":"u1"},"status":{"containerStatuses":[{"name":"app",%s}]}}
                """
                        .formatted(status);
        var pod = JsonFields.read(json.getBytes(StandardCharsets.UTF_8));
        var wanted = Trouble.of(POD, pod, Instant.parse("2100-01-01T00:00:01Z"));
        assertThat(
                        wanted.stream()
                                .map(TroubleTest::words)
                                .sorted()
                                .collect(Collectors.joining(", ")))
                .isEqualTo(expected.equals("nothing") ? "" : expected);
    }

    private static String words(Wanted log) {
        if (log.previous()) {
            return "previous";
        }
        return log.ongoing() ? "follow" : "current";
    }
}
