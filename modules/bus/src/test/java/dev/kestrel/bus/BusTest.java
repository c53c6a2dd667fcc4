package dev.kestrel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.bus.Topics.ClusterChanged;
import dev.kestrel.bus.Topics.CommandEnded;
import dev.kestrel.bus.Topics.Noted;
import dev.kestrel.bus.Topics.StreamClosed;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

class BusTest {
    private static final ClusterRef CLUSTER = new ClusterRef("acme", "prod");
    private static final StreamClosed CLOSED = new StreamClosed(CLUSTER, "s1", true, Instant.EPOCH);

    private static final CommandEnded ENDED =
            new CommandEnded(
                    CLUSTER, "c1", new Outcome.Applied("18", Instant.EPOCH), Instant.EPOCH);

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryOwners owners = new InMemoryOwners();
    private final Bus bus = Bus.on(vertx, owners);

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void nobodyThereIsAnAnswer() throws Exception {
        assertThat(await(bus.ask(Topics.STREAM_CLOSED, CLOSED))).isEmpty();
    }

    @Test
    void whoServesTheKeyAnswers() throws Exception {
        await(
                bus.serve(
                        Topics.STREAM_CLOSED,
                        "acme/prod",
                        closed -> Future.succeededFuture(new Noted(closed.silent()))));

        assertThat(await(bus.ask(Topics.STREAM_CLOSED, CLOSED))).contains(new Noted(true));
    }

    @Test
    void whoServesAnotherKeyIsNotAsked() throws Exception {
        await(
                bus.serve(
                        Topics.STREAM_CLOSED,
                        "acme/test",
                        closed -> Future.succeededFuture(new Noted(true))));

        assertThat(await(bus.ask(Topics.STREAM_CLOSED, CLOSED))).isEmpty();
    }

    @Test
    void whoStoppedServingIsNotThereAnyMore() throws Exception {
        var registration =
                await(
                        bus.serve(
                                Topics.STREAM_CLOSED,
                                "acme/prod",
                                closed -> Future.succeededFuture(new Noted(true))));
        await(registration.end());

        assertThat(await(bus.ask(Topics.STREAM_CLOSED, CLOSED))).isEmpty();
    }

    @Test
    void aServerThatFailsIsNotTheSameAsNobody() throws Exception {
        await(
                bus.serve(
                        Topics.STREAM_CLOSED,
                        "acme/prod",
                        closed -> Future.failedFuture("the journal is down")));

        assertThatThrownBy(() -> await(bus.ask(Topics.STREAM_CLOSED, CLOSED)))
                .hasMessageContaining("the journal is down");
    }

    @Test
    void aServerThatThrowsIsNotTheSameAsNobody() throws Exception {
        await(
                bus.serve(
                        Topics.STREAM_CLOSED,
                        "acme/prod",
                        closed -> {
                            throw new IllegalStateException("a bug");
                        }));

        assertThatThrownBy(() -> await(bus.ask(Topics.STREAM_CLOSED, CLOSED)))
                .hasMessageContaining("a bug");
    }

    @Test
    void whatIsForTheOwnerGoesToTheNodeThatClaimedLast() throws Exception {
        await(bus.serve(Topics.COMMAND_ENDED, "node-1", _ -> noted(false)));
        await(bus.serve(Topics.COMMAND_ENDED, "node-2", _ -> noted(true)));

        owners.claim(CLUSTER, "node-1", Instant.EPOCH, Duration.ofSeconds(15));
        assertThat(await(bus.ask(Topics.COMMAND_ENDED, ENDED))).contains(new Noted(false));
        owners.claim(CLUSTER, "node-2", Instant.EPOCH, Duration.ofSeconds(15));
        assertThat(await(bus.ask(Topics.COMMAND_ENDED, ENDED))).contains(new Noted(true));
    }

    @Test
    void aClusterThatNobodyOwnsHasNobodyThere() throws Exception {
        await(bus.serve(Topics.COMMAND_ENDED, "node-1", _ -> noted(true)));

        assertThat(await(bus.ask(Topics.COMMAND_ENDED, ENDED))).isEmpty();
    }

    private static Future<Noted> noted(boolean accepted) {
        return Future.succeededFuture(new Noted(accepted));
    }

    @Test
    void factsReachEveryoneWhoListens() throws Exception {
        var first = Promise.<ClusterChanged>promise();
        var second = Promise.<ClusterChanged>promise();
        bus.onFact(Topics.CLUSTER_CHANGED, first::tryComplete);
        bus.onFact(Topics.CLUSTER_CHANGED, second::tryComplete);

        bus.tell(Topics.CLUSTER_CHANGED, new ClusterChanged(CLUSTER));

        assertThat(await(first.future())).isEqualTo(new ClusterChanged(CLUSTER));
        assertThat(await(second.future())).isEqualTo(new ClusterChanged(CLUSTER));
    }

    @Test
    void localDeliveryDoesNotCopy() throws Exception {
        var told = new ClusterChanged(CLUSTER);
        var heard = Promise.<ClusterChanged>promise();
        bus.onFact(Topics.CLUSTER_CHANGED, heard::tryComplete);

        bus.tell(Topics.CLUSTER_CHANGED, told);

        assertThat(await(heard.future())).isSameAs(told);
    }

    @Test
    void thereIsOneBusPerVertx() {
        assertThatThrownBy(() -> Bus.on(vertx, owners)).isInstanceOf(IllegalStateException.class);
    }
}
