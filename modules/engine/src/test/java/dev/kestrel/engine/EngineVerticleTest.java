package dev.kestrel.engine;

import static dev.kestrel.engine.EngineRig.BACKLOG;
import static dev.kestrel.engine.EngineRig.PROD;
import static dev.kestrel.engine.EngineRig.QUEUE;
import static dev.kestrel.engine.EngineRig.T0;
import static dev.kestrel.engine.EngineRig.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.remediation.Word;

import io.vertx.core.Promise;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class EngineVerticleTest {

    private final EngineRig rig = new EngineRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aStreamThatOpensIsOwnedByThisNode() {
        assertThat(rig.open("s1", "boot-a")).isEqualTo(new Topics.ClusterOwned(true, 0, ""));
    }

    @Test
    void aBatchIsTakenOnceItIsInTheJournal() {
        rig.open("s1", "boot-a");
        assertThat(rig.send("boot-a", 1)).isEqualTo(new Topics.BatchTaken(true, 1));
        assertThat(await(rig.journal.read(PROD, 0, 10))).hasSize(2);
    }

    @Test
    void aBatchSentTwiceIsJournalledOnceAndAcknowledgedTwice() {
        rig.open("s1", "boot-a");
        rig.send("boot-a", 1);
        assertThat(rig.send("boot-a", 1)).isEqualTo(new Topics.BatchTaken(true, 1));
        assertThat(await(rig.journal.read(PROD, 0, 10))).hasSize(2);
    }

    @Test
    void aBatchOfAnotherBootThanTheStreamIsRefused() {
        rig.open("s1", "boot-a");
        assertThat(rig.send("boot-b", 1).durable()).isFalse();
    }

    @Test
    void aBatchThatLeavesAGapIsRefused() {
        rig.open("s1", "boot-a");
        rig.send("boot-a", 1);
        assertThat(rig.send("boot-a", 3)).isEqualTo(new Topics.BatchTaken(false, 1));
    }

    @Test
    void anOwnerThatComesBackKnowsWhatIsDurable() {
        rig.open("s1", "boot-a");
        rig.send("boot-a", 1);
        rig.send("boot-a", 2);
        rig.stop();
        rig.start();
        assertThat(rig.open("s2", "boot-a").resumeAfter()).isEqualTo(2);
    }

    @Test
    void anOwnerThatWasKilledIsReplacedFromTheJournalAlone() {
        rig.open("s1", "boot-a");
        rig.send("boot-a", 1);
        rig.send("boot-a", 2);
        rig.send("boot-a", 3);
        var other = await(rig.owners.claim(PROD, "node-2", T0, Duration.ofSeconds(15)));
        assertThat(rig.send("boot-a", 4).durable()).isFalse();
        assertThat(await(rig.owners.release(other))).isTrue();
        assertThat(rig.open("s2", "boot-a").resumeAfter()).isEqualTo(3);
    }

    @Test
    void aBatchIsTakenBeforeItIsReasonedAbout() {
        rig.open("s1", "boot-a");
        rig.reasoning.hold();

        assertThat(rig.send("boot-a", 1).durable()).isTrue();
        assertThat(rig.counted("kestrel_journal_entries_concluded")).isEqualTo(1);
        rig.reasoning.release();
        rig.allArrived();
        assertThat(rig.counted("kestrel_journal_entries_concluded")).isEqualTo(2);
    }

    @Test
    void whatIsNotReasonedAboutHoldsAnswersBackPastItsLimit() {
        rig.open("s1", "boot-a");
        rig.reasoning.hold();
        for (int sequence = 1; sequence <= BACKLOG; sequence++) {
            assertThat(rig.send("boot-a", sequence).durable()).isTrue();
        }
        assertThat(rig.counted("kestrel_limit_hit")).isZero();

        var held = rig.sent("boot-a", BACKLOG + 1);

        rig.allArrived();
        assertThat(rig.counted("kestrel_limit_hit")).isEqualTo(1);
        assertThat(await(rig.journal.read(PROD, 0, 10))).hasSize(BACKLOG + 2);
        assertThat(held.isComplete()).isFalse();
        rig.reasoning.runOne();
        assertThat(await(held)).isEqualTo(new Topics.BatchTaken(true, BACKLOG + 1));
    }

    @Test
    void soManyInputsAreHeldAndTheNextOneIsRefused() {
        rig.open("s1", "boot-a");
        rig.reasoning.hold();
        for (int sequence = 1; sequence <= QUEUE; sequence++) {
            rig.sent("boot-a", sequence);
        }
        rig.allArrived();
        assertThat(rig.held()).isEqualTo(QUEUE);

        var refused = rig.sent("boot-a", QUEUE + 1).map(false).otherwise(true);

        assertThat(await(refused)).isTrue();
    }

    @Test
    void whoTakesOverReasonsAboutWhatWasOnlyDurable() {
        rig.open("s1", "boot-a");
        rig.reasoning.hold();
        rig.send("boot-a", 1);
        rig.send("boot-a", 2);
        var other = await(rig.owners.claim(PROD, "node-2", T0, Duration.ofSeconds(15)));
        assertThat(rig.send("boot-a", 3).durable()).isFalse();
        await(rig.owners.release(other));
        rig.reasoning.release();

        assertThat(rig.open("s2", "boot-a").resumeAfter()).isEqualTo(2);
        assertThat(rig.counted("kestrel_journal_entries_concluded")).isLessThan(4);
    }

    @Test
    void aWordAboutAnUnknownIncidentIsAnswered() {
        rig.open("s1", "boot-a");
        var ann = new Principal("acme", "u1", "ann@acme.example", Role.APPROVER);
        var taken =
                await(
                                rig.bus.ask(
                                        Topics.WORD_GIVEN,
                                        new Topics.WordGiven(
                                                PROD, "prod-9", new Word.Acknowledge(ann), T0)))
                        .orElseThrow();
        assertThat(taken.taken()).isFalse();
        assertThat(taken.refusal()).startsWith("NO_SUCH_INCIDENT");
    }

    @Test
    void aWordComesToAnOwnerThatHasMovedAndIsToBeSaidAgain() {
        rig.open("s1", "boot-a");
        await(rig.owners.claim(PROD, "node-1", T0, Duration.ofSeconds(15)));
        var dropped = Promise.<Topics.OwnerDropped>promise();
        rig.bus.onFact(Topics.OWNER_DROPPED, dropped::tryComplete);
        rig.bus.tell(Topics.OWNER_CLAIMED, new Topics.OwnerClaimed(PROD, "node-2", 2));
        assertThat(await(dropped.future())).isEqualTo(new Topics.OwnerDropped(PROD, "node-1"));

        var ann = new Principal("acme", "u1", "ann@acme.example", Role.APPROVER);
        var word = new Topics.WordGiven(PROD, "prod-9", new Word.Acknowledge(ann), T0);
        assertThat(await(rig.bus.ask(Topics.WORD_GIVEN, word)).orElseThrow().refusal())
                .startsWith("OWNER_CHANGED");
    }
}
