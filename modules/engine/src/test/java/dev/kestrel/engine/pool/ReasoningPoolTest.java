package dev.kestrel.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ReasoningPoolTest {
    private static final int TURN = ReasoningPool.AT_A_TURN;

    private final HeldExecutor executor = new HeldExecutor();
    private final List<String> thought = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void whatOneClusterDoesIsDoneInTheOrderInWhichItWasGiven() {
        executor.hold();
        var lane = lane(new ReasoningPool(executor, 2), "acme/prod");
        give(lane, 3 * TURN + 1);
        executor.release();

        assertThat(thought).hasSize(3 * TURN + 1).isSorted().isEqualTo(told);
    }

    @Test
    void aTenantThatFloodsDelaysAnotherByOneTurnOfEachOfItsTurns() {
        executor.hold();
        var pool = new ReasoningPool(executor, 1);
        for (var cluster : List.of("a", "b", "c")) {
            give(lane(pool, "flood/" + cluster), 4 * TURN);
        }
        give(lane(pool, "quiet/x"), 2 * TURN);
        executor.release();

        assertThat(turns())
                .startsWith("flood/a", "quiet/x", "flood/b", "quiet/x", "flood/c", "flood/a");
    }

    @Test
    void soManyTurnsAtATimeAndNotOneMore() {
        executor.hold();
        var pool = new ReasoningPool(executor, 2);
        for (var cluster : List.of("a", "b", "c")) {
            give(lane(pool, "acme/" + cluster), 1);
        }

        assertThat(executor.waiting()).isEqualTo(2);
        executor.release();
        assertThat(thought).hasSize(3);
    }

    @Test
    void aClosedLaneThinksNoMoreAndWhatWasUnderWayIsNotTold() {
        executor.hold();
        var home = new HeldExecutor();
        home.hold();
        var lane = new ReasoningPool(executor, 1).lane(ClusterRef.parse("acme/prod"), home);
        var answers = new ArrayList<Future<Boolean>>();
        for (int i = 0; i <= TURN; i++) {
            answers.add(lane.submit(() -> thought.add("acme/prod")));
        }
        executor.runOne();
        lane.close();
        executor.release();
        home.release();

        assertThat(thought).hasSize(TURN);
        assertThat(answers).allMatch(Future::failed);
        assertThat(lane.submit(() -> true).failed()).isTrue();
    }

    @Test
    void aThoughtThatFailsIsAnsweredAndTheNextOneIsThought() {
        var lane = lane(new ReasoningPool(executor, 1), "acme/prod");
        var failed =
                lane.<String>submit(
                        () -> {
                            throw new IllegalStateException("tripped");
                        });
        give(lane, 1);

        assertThat(failed.cause()).hasMessage("tripped");
        assertThat(told).hasSize(1);
    }

    private static Lane lane(ReasoningPool pool, String cluster) {
        return pool.lane(ClusterRef.parse(cluster), Runnable::run);
    }

    private void give(Lane lane, int thoughts) {
        for (int i = 0; i < thoughts; i++) {
            var name = "%s %03d".formatted(lane.cluster(), i);
            lane.submit(() -> thought.add(name)).onSuccess(done -> told.add(name));
        }
    }

    /** Whose turn it was, one after the other. */
    private List<String> turns() {
        var turns = new ArrayList<String>();
        for (int i = 0; i < thought.size(); i += TURN) {
            turns.add(thought.get(i).split(" ")[0]);
        }
        return turns;
    }
}
