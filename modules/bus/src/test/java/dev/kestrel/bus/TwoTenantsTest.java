package dev.kestrel.bus;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Whatever is said on the bus about one tenant's cluster reaches nobody who serves another's. */
class TwoTenantsTest {
    private static final int PAIRS = 50;
    private static final Vertx VERTX = Vertx.vertx();
    private static final InMemoryOwners OWNERS = new InMemoryOwners();
    private static final Bus BUS = Bus.on(VERTX, OWNERS);

    @AfterAll
    static void close() {
        await(VERTX.close().toCompletionStage());
    }

    /** A stream is opened at a node, not at a cluster: the engine beside the gateway. */
    static Stream<Topic.Question<?, ?>> aboutAClustersOwn() {
        return Topics.ALL.stream()
                .filter(Topic.Question.class::isInstance)
                .<Topic.Question<?, ?>>map(topic -> (Topic.Question<?, ?>) topic)
                .filter(topic -> !topic.equals(Topics.STREAM_OPENED));
    }

    static Stream<Topic.Fact<?>> facts() {
        return Topics.ALL.stream()
                .filter(Topic.Fact.class::isInstance)
                .<Topic.Fact<?>>map(topic -> (Topic.Fact<?>) topic);
    }

    @ParameterizedTest
    @MethodSource("aboutAClustersOwn")
    void aQuestionAboutOneTenantsClusterReachesNobodyWhoServesAnothers(Topic.Question<?, ?> topic) {
        var random = new SplittableRandom(20_400_101);
        for (int i = 0; i < PAIRS; i++) {
            var cluster = name(random);
            var mine = new ClusterRef(name(random), cluster);
            var theirs =
                    new ClusterRef(name(random), random.nextBoolean() ? cluster : name(random));
            if (!mine.tenant().equals(theirs.tenant())) {
                isKeptApart(topic, mine, theirs);
            }
        }
    }

    private static <M, R> void isKeptApart(
            Topic.Question<M, R> topic, ClusterRef mine, ClusterRef theirs) {
        var reply = topic.reply().cast(sample(topic.reply(), mine));
        var serving =
                await(
                        BUS.<M, R>serve(
                                        topic,
                                        key(topic, mine),
                                        message -> Future.succeededFuture(reply))
                                .toCompletionStage());
        try {
            assertThat(ask(topic, theirs)).as(theirs + " asked " + mine).isEmpty();
            assertThat(ask(topic, mine)).isPresent();
        } finally {
            await(serving.end().toCompletionStage());
        }
    }

    private static <M, R> Optional<R> ask(Topic.Question<M, R> topic, ClusterRef about) {
        return await(BUS.ask(topic, sample(topic.message(), about)).toCompletionStage());
    }

    /** Where a cluster's own are served; the node that owns it is written down. */
    private static <M, R> String key(Topic.Question<M, R> topic, ClusterRef cluster) {
        var message = sample(topic.message(), cluster);
        return switch (topic) {
            case Topic.Ask<M, R> ask -> ask.key().apply(message);
            case Topic.Here<M, R> here -> here.key().apply(message);
            case Topic.ToOwner<M, R> _ -> {
                var node = "node-of-" + cluster;
                await(OWNERS.claim(cluster, node, Samples.AT, Duration.ofHours(1)));
                yield node;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aFactSaysWhoseItIsSoThatEveryListenerCanTell(Topic.Fact<?> topic) {
        assertThat(Arrays.stream(topic.message().getRecordComponents()))
                .anyMatch(component -> component.getType() == ClusterRef.class);
    }

    @Test
    void nobodySaysAWordAboutAnotherTenantsCluster() {
        var stranger = new Word.Acknowledge(new Principal("rival", "u", "n", Role.ADMIN));

        assertThatThrownBy(() -> new Topics.WordGiven(Samples.CLUSTER, "i", stranger, Samples.AT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTenantSpellsAnothersKey() {
        assertThatThrownBy(() -> new ClusterRef("acme/prod", "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Short names of few letters, so that many begin or end alike. */
    private static String name(RandomGenerator random) {
        return "a" + "-ab".charAt(random.nextInt(3)) + "a".repeat(random.nextInt(2));
    }

    /** The sample of a type as it would be about that cluster. */
    private static <M> M sample(Class<M> type, ClusterRef about) {
        var sample =
                List.copyOf(Samples.all()).stream()
                        .filter(type::isInstance)
                        .findFirst()
                        .orElseThrow();
        var json =
                new String(SealedJson.write(sample), StandardCharsets.UTF_8)
                        .replace("\"acme\"", "\"" + about.tenant() + "\"")
                        .replace("\"prod\"", "\"" + about.cluster() + "\"");
        return SealedJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
