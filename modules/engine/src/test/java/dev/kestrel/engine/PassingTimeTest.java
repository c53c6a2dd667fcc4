package dev.kestrel.engine;

import static dev.kestrel.engine.EngineRig.PROD;
import static dev.kestrel.engine.EngineRig.T0;
import static dev.kestrel.engine.EngineRig.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.Journal.Entry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What follows from nothing happening is concluded once, whoever reasons next and by which clock.
 */
class PassingTimeTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final EngineRig rig = new EngineRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void timeThatPassedIsInTheJournalBeforeItCounts() {
        open();

        rig.clock(T0.plus(LONG));

        assertThat(passed().getFirst().receivedAt()).isEqualTo(T0.plus(LONG));
    }

    @Test
    void anOwnerWhoseClockIsBehindDoesNotLiveThroughTheSameTimeAgain() {
        open();
        rig.clock(T0.plus(LONG));
        var seen = passed().getFirst();
        rig.stop();

        rig.clock(T0);
        rig.start();
        rig.open("s2", "boot-a");

        assertThat(entries())
                .filteredOn(entry -> entry.offset() > seen.offset())
                .isNotEmpty()
                .allMatch(entry -> !entry.receivedAt().isBefore(seen.receivedAt()));
    }

    /** What is sent again later is in the journal by then, and lets no time pass. */
    private void open() {
        rig.open("s1", "boot-a");
        rig.allArrived();
    }

    /** The clock of a cluster that says nothing still ticks: its timers are waited for. */
    private List<Entry> passed() {
        while (entries().stream().noneMatch(PassingTimeTest::isTime)) {
            rig.allArrived();
        }
        return entries().stream().filter(PassingTimeTest::isTime).toList();
    }

    private static boolean isTime(Entry entry) {
        return entry.bootId().isEmpty()
                && new String(entry.body(), StandardCharsets.UTF_8)
                        .contains(Input.TimePassed.class.getSimpleName());
    }

    private List<Entry> entries() {
        return await(rig.journal.read(PROD, 0, 100));
    }
}
