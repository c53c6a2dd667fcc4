package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Says what should be seen if a cause were at work: walks the effects forward through the live
 * topology, strongest first.
 */
final class Expansion {
    private static final Comparator<Predicted> STRONGEST =
            Comparator.comparingDouble(Predicted::weight).reversed().thenComparing(Predicted::node);

    /**
     * A state that a cause should bring about.
     *
     * @param weight along the strongest path
     * @param most latest after the cause
     */
    record Predicted(StateAt node, double weight, Duration most, int depth) {}

    private final Scene scene;
    private final Map<StateAt, List<Link>> known = new HashMap<>();
    private int cut;

    Expansion(Scene scene) {
        this.scene = scene;
    }

    /** States predicted by a cause, by node, strongest first; the cause itself is the first. */
    Map<StateAt, Predicted> of(Cause cause) {
        var reached = new LinkedHashMap<StateAt, Predicted>();
        var open = new PriorityQueue<>(STRONGEST);
        open.add(new Predicted(StateAt.of(cause), 1, Duration.ZERO, 0));
        var limits = scene.parameters.limits();
        while (!open.isEmpty()) {
            var here = open.remove();
            if (reached.containsKey(here.node())) {
                continue;
            }
            if (reached.size() >= limits.nodesPerCandidate()) {
                cut += open.size() + 1;
                break;
            }
            reached.put(here.node(), here);
            if (here.depth() < limits.depth()) {
                linksFrom(here.node()).forEach(link -> follow(link, here, open));
            }
        }
        return reached;
    }

    private static void follow(Link link, Predicted here, PriorityQueue<Predicted> open) {
        var weight = here.weight() * link.effect().weight();
        if (weight >= Anchors.LEAST_WEIGHT) {
            open.add(
                    new Predicted(
                            link.to(),
                            weight,
                            here.most().plus(link.effect().lagMost()),
                            here.depth() + 1));
        }
    }

    /** Predicted states that a limit left out so far. */
    int cut() {
        return cut;
    }

    /** What follows directly from a node. */
    List<Link> linksFrom(StateAt node) {
        var links = known.get(node);
        if (links == null) {
            links = new ArrayList<>();
            for (var effect : scene.model.effectsOf(node.id())) {
                if (node.cause() || !scene.model.mechanisms().containsKey(node.id())) {
                    links.addAll(links(effect, node));
                }
            }
            known.put(node, links);
        }
        return links;
    }

    /**
     * Resources with symptoms come first: they are what the limit on the fan-out must not cut.
     * Alike resources say the same thing again, so each counts for less.
     */
    private List<Link> links(Effect effect, StateAt node) {
        if (!scene.holds(effect.given(), node.at())) {
            return List.of();
        }
        var state = scene.model.state(effect.to(), node.at());
        var reached =
                effect.path().reach(node.at(), scene.topology).stream()
                        .filter(target -> effect.path().endsAt(target))
                        .filter(state.on()::covers)
                        .filter(target -> scene.holds(effect.when(), target))
                        .toList();
        var loud = reached.stream().filter(scene::isSymptomatic).toList();
        var quiet = reached.stream().filter(target -> !scene.isSymptomatic(target)).toList();
        var most = scene.parameters.limits().fanOut();
        cut += Math.max(0, reached.size() - most);
        var links = new ArrayList<Link>();
        var loudKept = loud.stream().limit(most).toList();
        var quietKept = quiet.stream().limit(most - loudKept.size()).toList();
        add(links, effect, node, loudKept, share(loud.size()), true);
        add(links, effect, node, quietKept, share(quiet.size()), false);
        return links;
    }

    private static void add(
            List<Link> links,
            Effect effect,
            StateAt node,
            List<ResourceRef> targets,
            double share,
            boolean loud) {
        for (var target : targets) {
            links.add(new Link(node, new StateAt(false, effect.to(), target), effect, share, loud));
        }
    }

    /** n alike observations count as 1 + (n - 1)(1 - rho), so each as its part of that. */
    private double share(int alike) {
        return alike <= 1 ? 1 : (1 + (alike - 1) * (1 - scene.parameters.rho())) / alike;
    }
}
