package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an effect travels from one resource to others: {@code self}, or steps along relations such as
 * {@code Workload <-SELECTS- Service <-RESOLVES_VIA- Workload}. An arrow shows the direction of the
 * relation; the path is walked from left to right.
 */
public record EffectPath(Subject start, List<Step> steps) {
    /** Stays on one resource, of whatever kind. */
    public static final EffectPath SELF = new EffectPath(Subject.WORKLOAD, List.of());

    private static final Pattern STEP =
            Pattern.compile("\\s*(-([A-Z_]+)->|<-([A-Z_]+)-)\\s*([A-Za-z]+)");
    private static final Pattern START = Pattern.compile("\\s*([A-Za-z]+)");

    public EffectPath {
        steps = List.copyOf(steps);
    }

    /**
     * One edge of the path.
     *
     * @param along in the direction of the relation
     */
    public record Step(Relation relation, boolean along, Subject to) {}

    /**
     * Reads a path other than {@code self}.
     *
     * @throws IllegalArgumentException when the text is no path
     */
    public static EffectPath parse(String text) {
        var start = START.matcher(text);
        if (!start.lookingAt()) {
            throw new IllegalArgumentException("no path: " + text);
        }
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        var end = start.end();
        while (matcher.find(end) && matcher.start() == end) {
            var along = matcher.group(2) != null;
            var relation = Relation.valueOf(along ? matcher.group(2) : matcher.group(3));
            steps.add(new Step(relation, along, new Subject(matcher.group(4))));
            end = matcher.end();
        }
        if (steps.isEmpty() || !text.substring(end).isBlank()) {
            throw new IllegalArgumentException("no path: " + text);
        }
        return new EffectPath(new Subject(start.group(1)), steps);
    }

    public boolean isSelf() {
        return steps.isEmpty();
    }

    private Subject end() {
        return steps.isEmpty() ? start : steps.getLast().to();
    }

    /** Whether the path can end at this resource, going by its kind. */
    public boolean endsAt(ResourceRef resource) {
        return isSelf() || end().covers(resource);
    }

    /** Resources that an effect of the given one reaches, sorted; the resource itself is not. */
    public List<ResourceRef> reach(ResourceRef from, Topology topology) {
        return walk(from, topology, steps);
    }

    /** Resources whose effect reaches the given one, sorted. */
    public List<ResourceRef> origins(ResourceRef to, Topology topology) {
        return walk(to, topology, reversed().steps());
    }

    private EffectPath reversed() {
        var back = new ArrayList<Step>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            var step = steps.get(i);
            back.add(
                    new Step(
                            step.relation(),
                            !step.along(),
                            i == 0 ? start : steps.get(i - 1).to()));
        }
        return new EffectPath(end(), back);
    }

    private static List<ResourceRef> walk(ResourceRef from, Topology topology, List<Step> steps) {
        if (steps.isEmpty()) {
            return List.of(from);
        }
        var here = new TreeSet<>(List.of(from));
        for (var step : steps) {
            var next = new TreeSet<ResourceRef>();
            for (var at : here) {
                next.addAll(neighbours(at, step, topology));
            }
            here = next;
        }
        here.remove(from);
        return List.copyOf(here);
    }

    /** Resources one step away, of the kind that the step wants. */
    public static List<ResourceRef> neighbours(ResourceRef at, Step step, Topology topology) {
        var edges =
                step.along()
                        ? topology.from(at, step.relation())
                        : topology.to(at, step.relation());
        return edges.stream()
                .map(edge -> step.along() ? edge.to() : edge.from())
                .filter(step.to()::covers)
                .toList();
    }

    /** Relations of the path, for people; {@code self} for none. */
    public String relations() {
        return isSelf()
                ? "self"
                : steps.stream()
                        .map(step -> step.relation().name())
                        .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        if (isSelf()) {
            return "self";
        }
        var text = new StringBuilder(start.kind());
        for (var step : steps) {
            var arrow = step.along() ? " -%s-> " : " <-%s- ";
            text.append(arrow.formatted(step.relation())).append(step.to().kind());
        }
        return text.toString();
    }
}
