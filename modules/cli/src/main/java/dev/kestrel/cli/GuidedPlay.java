package dev.kestrel.cli;

import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.ScenarioRun;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays one incident after another at a pace that a person can follow, and leaves each for the
 * person to approve.
 */
final class GuidedPlay {
    private static final long LOOK_MILLIS = 500;

    /** Time to look around between two incidents. */
    private static final Duration PAUSE = Duration.ofSeconds(20);

    /** A person who does not decide is not waited for longer than this; the incident stays open. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<Scenario> scenarios;
    private final DemoCluster cluster;
    private final Consumer<String> say;

    GuidedPlay(List<Scenario> scenarios, DemoCluster cluster, Consumer<String> say) {
        this.scenarios = scenarios;
        this.cluster = cluster;
        this.say = say;
    }

    void play() throws InterruptedException {
        for (var scenario : scenarios) {
            say.accept("now: " + scenario.title() + ". " + scenario.story());
            var run = cluster.play(scenario);
            waitFor(run);
            say.accept(
                    run.isMended()
                            ? "mended: " + scenario.title()
                            : "still open: " + scenario.title());
            Thread.sleep(PAUSE);
        }
        say.accept("all incidents were played; the dashboard stays up until Ctrl-C");
    }

    private void waitFor(ScenarioRun run) throws InterruptedException {
        var begun = false;
        while (run.elapsed().compareTo(PATIENCE) < 0 && !(begun && run.isMended())) {
            Thread.sleep(LOOK_MILLIS);
            begun |= !run.isMended();
        }
    }
}
