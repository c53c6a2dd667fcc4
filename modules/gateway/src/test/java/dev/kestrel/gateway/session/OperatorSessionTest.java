package dev.kestrel.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.gateway.session.OperatorSession.Move;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

class OperatorSessionTest {
    @Test
    void theNextSequenceIsHandedOver() {
        var step = OperatorSession.resume(7, 0).received(8);

        assertThat(step.move()).isEqualTo(new Move.HandOver());
        assertThat(step.next()).isEqualTo(new OperatorSession(8, 7, 1));
    }

    @Test
    void oneThatIsDurableIsAcknowledgedAgain() {
        var step = OperatorSession.resume(7, 0).received(7);

        assertThat(step.move()).isEqualTo(new Move.Acknowledge(7));
        assertThat(step.next()).isEqualTo(OperatorSession.resume(7, 0));
    }

    @Test
    void oneThatIsUnderWayIsNotHandedOverTwice() {
        var session = OperatorSession.resume(7, 0).received(8).next();

        assertThat(session.received(8).move()).isEqualTo(new Move.Acknowledge(7));
    }

    @Test
    void oneTooFarIsRefused() {
        assertThat(OperatorSession.resume(7, 0).received(9).move()).isInstanceOf(Move.Refuse.class);
    }

    @Test
    void whatTheOperatorDoesNotHoldAnyMoreIsSkipped() {
        assertThat(OperatorSession.resume(7, 20).received(20).move())
                .isEqualTo(new Move.HandOver());
        assertThat(OperatorSession.resume(7, 20).received(21).move())
                .isInstanceOf(Move.Refuse.class);
    }

    @Test
    void anOperatorThatHoldsOlderOnesGoesOnAfterWhatIsDurable() {
        assertThat(OperatorSession.resume(7, 3).received(8).move()).isEqualTo(new Move.HandOver());
    }

    @Test
    void anOwnerIsNotBelievedBeyondWhatItWasGiven() {
        var session = OperatorSession.resume(0, 0).received(1).next();

        assertThat(session.durable(99).move()).isEqualTo(new Move.Acknowledge(1));
    }

    @Test
    void anOwnerThatLostABatchEndsTheStream() {
        var session = OperatorSession.resume(0, 0).received(1).next();

        assertThat(session.lost("gone").move()).isEqualTo(new Move.Leave("gone"));
        assertThat(session.lost("gone").next().durable()).isZero();
    }

    /** An operator that resends at will, an owner that answers in any order. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everySequenceIsHandedOverOnceAndAcknowledgedOnlyWhenDurable(long seed) {
        var random = new Random(seed);
        var session = OperatorSession.resume(0, 0);
        var handed = new ArrayList<Long>();
        var pending = new ArrayList<Long>();
        var journal = new TreeSet<Long>(List.of(0L));
        for (int turn = 0; turn < 2000; turn++) {
            if (random.nextBoolean() && !pending.isEmpty()) {
                var answered = pending.remove(random.nextInt(pending.size()));
                journal.addAll(handed.subList(0, handed.indexOf(answered) + 1));
                var step = session.durable(answered);
                session = step.next();
                assertThat(step.move())
                        .isInstanceOfSatisfying(
                                Move.Acknowledge.class,
                                ack -> assertThat(journal).contains(ack.sequence()));
            } else {
                var sequence = Math.max(1, session.accepted() + 1 - random.nextInt(4));
                var step = session.received(sequence);
                session = step.next();
                if (step.move() instanceof Move.HandOver) {
                    handed.add(sequence);
                    pending.add(sequence);
                }
            }
            assertThat(session.unanswered()).isEqualTo(pending.size());
        }
        assertThat(handed).isSorted().doesNotHaveDuplicates();
        assertThat(handed.getLast()).isEqualTo(handed.size());
    }
}
