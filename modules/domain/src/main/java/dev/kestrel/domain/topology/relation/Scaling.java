package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

/** A HorizontalPodAutoscaler scales its target. */
final class Scaling {
    static final EdgeRule RULE = Scaling::derive;

    private Scaling() {}

    private static void derive(KubeObject scaler, Links links) {
        var target = scaler.at("spec", "scaleTargetRef");
        if (scaler.ref().kind().equals("HorizontalPodAutoscaler") && target.isPresent()) {
            links.add(
                    scaler.ref(),
                    Relation.SCALES,
                    new ResourceRef(
                            target.at("kind").text(),
                            scaler.ref().namespace(),
                            target.at("name").text()));
        }
    }
}
