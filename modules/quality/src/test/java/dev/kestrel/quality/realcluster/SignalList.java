package dev.kestrel.quality.realcluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Signal lines of several runs. A line is seen every time or, written with {@code ?}, only
 * sometimes: two states may follow each other faster than a watch tells.
 */
record SignalList(SequencedSet<String> always, SequencedSet<String> sometimes) {

    private static final String MARK = "? ";

    private static final List<String> SECTIONS =
            List.of(
                    "pod ",
                    "event ",
                    "deployment ",
                    "replicaset ",
                    "endpointslice ",
                    "log ",
                    "flow ");

    static SignalList of(List<String> seen) {
        return new SignalList(new LinkedHashSet<>(seen), new LinkedHashSet<>());
    }

    static SignalList parse(List<String> written) {
        var always = new LinkedHashSet<String>();
        var sometimes = new LinkedHashSet<String>();
        for (var line : written) {
            if (line.startsWith(MARK)) {
                sometimes.add(line.substring(MARK.length()));
            } else {
                always.add(line);
            }
        }
        return new SignalList(always, sometimes);
    }

    /** What is expected every time and is not among these. */
    List<String> missingIn(List<String> seen) {
        return always.stream().filter(line -> !seen.contains(line)).toList();
    }

    /** Only what all runs saw is seen every time. */
    SignalList plus(List<String> seen) {
        var still = new LinkedHashSet<>(always);
        still.retainAll(seen);
        var rest = new LinkedHashSet<>(always);
        rest.addAll(seen);
        rest.addAll(sometimes);
        rest.removeAll(still);
        return new SignalList(still, rest);
    }

    /** Grouped by kind of object, each group after an empty line. */
    String print() {
        var text = new StringBuilder();
        for (var section : SECTIONS) {
            var lines =
                    Stream.concat(always.stream(), sometimes.stream().map(line -> MARK + line))
                            .filter(line -> strip(line).startsWith(section))
                            .toList();
            if (!lines.isEmpty()) {
                text.append('\n').append(String.join("\n", lines)).append('\n');
            }
        }
        return text.toString();
    }

    private static String strip(String line) {
        return line.startsWith(MARK) ? line.substring(MARK.length()) : line;
    }
}
