package dev.kestrel.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.simulator.Lab;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches and selections as Kubernetes streams them. */
final class WatchTest {
    /** Keeps what a watch was told. */
    private static final class Seen implements Watcher<Pod> {
        final List<String> events = new CopyOnWriteArrayList<>();
        final List<WatcherException> ends = new CopyOnWriteArrayList<>();

        @Override
        public void eventReceived(Action action, Pod pod) {
            events.add(action + " " + pod.getMetadata().getName());
        }

        @Override
        public void onClose(WatcherException cause) {
            ends.add(cause);
        }
    }

    @Test
    void aWatchBringsBookmarksAndOnlyWhatItSelects() {
        try (var lab = new Lab();
                var client = lab.client("reader-token")) {
            var seen = new Seen();
            var options = new ListOptionsBuilder().withAllowWatchBookmarks(true).build();
            try (var _ =
                    client.pods()
                            .inNamespace("shop")
                            .withLabel("app", "other")
                            .watch(options, seen)) {
                Lab.apply(lab.cluster, ClientTest.WEB);
                lab.cluster.advance(Duration.ofSeconds(5));
                Lab.until("a bookmark", () -> !seen.events.isEmpty());
                assertThat(seen.events).allMatch(event -> event.startsWith("BOOKMARK"));
            }
        }
    }

    @Test
    void aWatchFromBeforeACompactionEndsAsExpired() {
        try (var lab = new Lab();
                var client = lab.client("reader-token")) {
            Lab.apply(lab.cluster, ClientTest.WEB);
            lab.cluster.advance(Duration.ofSeconds(5));
            lab.cluster.inside(
                    inside -> {
                        inside.store().compact();
                        return true;
                    });
            var seen = new Seen();
            var options = new ListOptionsBuilder().withResourceVersion("1001").build();
            try (var _ = client.pods().inNamespace("shop").watch(options, seen)) {
                Lab.until("the end", () -> !seen.ends.isEmpty());
                assertThat(seen.ends.getFirst().isHttpGone()).isTrue();
                assertThat(seen.ends.getFirst())
                        .hasMessageContaining("too old resource version: 1001");
            }
        }
    }

    @Test
    void eventsAreSelectedByTheObjectTheyAreAbout() {
        try (var lab = new Lab();
                var client = lab.client("reader-token")) {
            Lab.apply(lab.cluster, ClientTest.WEB);
            lab.cluster.advance(Duration.ofSeconds(5));
            var pod = Lab.pods(lab.cluster).getFirst().name();
            var events =
                    client.v1()
                            .events()
                            .inNamespace("shop")
                            .withField("involvedObject.name", pod)
                            .withField("involvedObject.kind", "Pod")
                            .list()
                            .getItems();
            assertThat(events)
                    .extracting(event -> event.getReason())
                    .contains("Scheduled", "Pulling", "Pulled", "Created", "Started");
            assertThat(events).allMatch(event -> event.getInvolvedObject().getName().equals(pod));
        }
    }
}
