package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/**
 * What the simulated cluster shows of a fault is what the real one showed. Where they disagree the
 * simulator is wrong, unless the difference is one of {@link AcceptedDifference}.
 */
final class SimulatorAgreesTest {

    @ParameterizedTest
    @EnumSource(Fault.class)
    void simulatorShowsTheSignalsOfTheRealCluster(Fault fault) {
        var simulated = SimulatedFault.play(fault);
        var real = SignalFile.read(Fault.FOLDER.resolve("signals/%s.txt".formatted(fault.id())));
        var different = new ArrayList<String>();
        real.missingIn(simulated.before(), simulated.after())
                .forEach(line -> different.add("only real, " + line));
        surplus(real.before(), simulated.before())
                .forEach(line -> different.add("only simulated, before the change: " + line));
        surplus(real.after(), simulated.after())
                .forEach(line -> different.add("only simulated, after the change: " + line));
        assertThat(different.stream().filter(line -> !AcceptedDifference.covers(line)).toList())
                .as(AcceptedDifference.reasons())
                .isEmpty();
    }

    private static List<String> surplus(SignalList real, List<String> simulated) {
        return simulated.stream()
                .filter(line -> !real.always().contains(line) && !real.sometimes().contains(line))
                .toList();
    }
}
