package dev.kestrel.domain.detection.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scheduler's message taken apart, for example {@code 0/4 nodes are available: 1 node(s) were
 * unschedulable, 3 Insufficient cpu. preemption: …}.
 *
 * @param nodes nodes of the cluster
 * @param reasons why which number of them did not take the pod
 */
record SchedulerVerdict(int nodes, List<Reason> reasons) {
    private static final Pattern MESSAGE =
            Pattern.compile("(\\d{1,6})/(\\d{1,6}) nodes are available: (.*)", Pattern.DOTALL);

    /** A comma ends a reason only before the next count: a taint may hold commas. */
    private static final Pattern REASON =
            Pattern.compile("(\\d{1,6}) (.+?)(?=, \\d{1,6} |$)", Pattern.DOTALL);

    private static final List<String> CONSTRAINING =
            List.of(
                    "taint",
                    "were unschedulable",
                    "node affinity/selector",
                    "node selector",
                    "affinity rules",
                    "anti-affinity",
                    "topology spread",
                    "free ports");

    /** Nodes and the scheduler's words for what is wrong with them. */
    record Reason(int nodes, String text) {
        boolean isResource() {
            return text.startsWith("Insufficient ") || text.equals("Too many pods");
        }

        boolean isConstraint() {
            return !text.contains("volume") && CONSTRAINING.stream().anyMatch(text::contains);
        }

        @Override
        public String toString() {
            return nodes + " " + text;
        }
    }

    SchedulerVerdict {
        reasons = List.copyOf(reasons);
    }

    /** Reads a message; one of another form has no reasons. */
    static SchedulerVerdict parse(String message) {
        var found = MESSAGE.matcher(message);
        if (!found.matches()) {
            return new SchedulerVerdict(0, List.of());
        }
        // After the first full stop it is about preemption, with counts of its own.
        var body = found.group(3).split("\\.(\\s|$)", 2)[0];
        var reasons = new ArrayList<Reason>();
        var reason = REASON.matcher(body);
        while (reason.find()) {
            reasons.add(new Reason(Integer.parseInt(reason.group(1)), reason.group(2)));
        }
        return new SchedulerVerdict(Integer.parseInt(found.group(2)), reasons);
    }

    boolean lacksResources() {
        return reasons.stream().anyMatch(Reason::isResource);
    }

    /** Constraints alone leave no node. */
    boolean excludesAll() {
        return nodes > 0 && excluded() >= nodes;
    }

    boolean excludesSome() {
        return excluded() > 0;
    }

    private int excluded() {
        return reasons.stream().filter(Reason::isConstraint).mapToInt(Reason::nodes).sum();
    }

    String resources() {
        return of(reasons.stream().filter(Reason::isResource).toList());
    }

    String constraints() {
        return of(reasons.stream().filter(Reason::isConstraint).toList());
    }

    private String of(List<Reason> some) {
        return some.stream()
                .map(Reason::toString)
                .collect(Collectors.joining(", ", "Of " + nodes + " nodes: ", ""));
    }
}
