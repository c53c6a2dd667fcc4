package dev.kestrel.quality.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays seeds, and says of one that breaks what anyone needs to see it again and to understand it.
 */
final class Replay {
    private final Bugs bugs;

    /**
     * @param bugs what the code logs as an error breaks a run as well
     */
    Replay(Bugs bugs) {
        this.bugs = bugs;
    }

    /** A run that broke. */
    private record Broken(Throwable why, List<String> story) {}

    /**
     * Plays one seed.
     *
     * @param test that plays it, for the command that replays it
     */
    Simulation.Reached play(Plot plot, long seed, String test) {
        var faults = Fault.draw(seed, plot.faults(), plot.troubled());
        bugs.forget();
        var simulation = new Simulation(plot, seed, faults);
        try {
            var reached = simulation.run();
            bugs.mustBeNone();
            return reached;
        } catch (RuntimeException | AssertionError e) {
            throw told(plot, seed, test, faults, new Broken(e, simulation.story()));
        }
    }

    private AssertionError told(
            Plot plot, long seed, String test, List<Fault> faults, Broken broken) {
        var needed = needed(plot, seed, faults);
        var shortest = broken(plot, seed, needed).orElse(broken);
        return new AssertionError(
                """
                seed %d broke: %s
                replay it alone with
                ./kestrel test -pl modules/quality -am -Dtest='SimulationTest#%s' \
                -Dsurefire.failIfNoSpecifiedTests=false -Dseed=%d
                it still breaks (%s) with only these %d of its %d faults, and this happened:
                  %s\
                """
                        .formatted(
                                seed,
                                broken.why().getMessage(),
                                test,
                                seed,
                                shortest.why().getMessage(),
                                needed.size(),
                                faults.size(),
                                String.join("\n  ", shortest.story())),
                broken.why());
    }

    /** Leaves faults away one at a time, as long as it still breaks. */
    private List<Fault> needed(Plot plot, long seed, List<Fault> faults) {
        var needed = faults;
        for (var fault : faults) {
            var without = new ArrayList<>(needed);
            without.remove(fault);
            if (broken(plot, seed, without).isPresent()) {
                needed = List.copyOf(without);
            }
        }
        return needed;
    }

    private Optional<Broken> broken(Plot plot, long seed, List<Fault> faults) {
        bugs.forget();
        var simulation = new Simulation(plot, seed, faults);
        try {
            simulation.run();
            bugs.mustBeNone();
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(new Broken(e, simulation.story()));
        }
    }
}
