package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.template.ConfigKeys;
import dev.kestrel.domain.template.KeyReference;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pod template needs a key that its ConfigMap does not have, or a ConfigMap that does not exist:
 * two signatures, told apart by what is there. What a Secret holds is never seen, so a container
 * that waits for one is neither.
 */
public final class ReferenceBroken implements Analyzer {
    private static final Pattern SECRET = Pattern.compile("(?i)\\bsecret\\b");

    private final What what;

    public ReferenceBroken(What what) {
        this.what = what;
    }

    /** What is not there. */
    public enum What {
        KEY("config_map_lacks_key"),
        MAP("config_map_not_there");

        private final String id;

        What(String id) {
            this.id = id;
        }
    }

    @Override
    public String id() {
        return what.id;
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var workload = topology.find(subject);
        if (workload.isEmpty() || topology.count("ConfigMap") == 0) {
            return Analysis.unclear("No ConfigMap is known");
        }
        var broken = broken(workload.get(), topology);
        if (broken.isPresent()) {
            return present(workload.get(), broken.get(), topology, now);
        }
        var secret = said(subject, symptoms).filter(one -> SECRET.matcher(one.excerpt()).find());
        return what == What.MAP && secret.isPresent()
                ? Analysis.unclear("What Secrets hold is not seen")
                : Analysis.absent(
                        "Every ConfigMap and key that %s needs is there".formatted(subject),
                        List.of());
    }

    private Optional<KeyReference> broken(KubeObject workload, Topology topology) {
        var namespace = workload.ref().namespace();
        return KeyReference.of(PodView.template(workload).at("spec")).stream()
                .filter(
                        one -> {
                            var keys = ConfigKeys.of(namespace, one.configMap(), topology);
                            return switch (what) {
                                case KEY -> keys.isPresent() && !keys.get().has(one.key());
                                case MAP -> keys.isEmpty();
                            };
                        })
                .findFirst();
    }

    private static Optional<Evidence> said(ResourceRef subject, List<Symptom> symptoms) {
        return symptoms.stream()
                .filter(symptom -> symptom.key().about().equals(subject))
                .filter(symptom -> symptom.key().type().equals("container.config_error"))
                .flatMap(symptom -> symptom.evidence().stream())
                .reduce((_, newer) -> newer);
    }

    private Analysis present(
            KubeObject workload, KeyReference broken, Topology topology, Instant now) {
        var namespace = workload.ref().namespace();
        var keys = ConfigKeys.of(namespace, broken.configMap(), topology);
        var summary =
                keys.map(map -> lacking(broken, map))
                        .orElseGet(
                                () ->
                                        "The %s needs ConfigMap %s/%s, which does not exist"
                                                .formatted(
                                                        broken.who(),
                                                        namespace,
                                                        broken.configMap()));
        var excerpt =
                keys.map(map -> "its keys: " + String.join(", ", map.digests().keySet()))
                        .orElse("");
        return Analysis.present(
                summary,
                List.of(
                        new Analysis.Flip(
                                workload.ref(), PodView.below(workload.ref(), broken.path()))),
                List.of(PodView.evidence(this, workload.ref(), now, summary, excerpt)));
    }

    private static String lacking(KeyReference broken, ConfigKeys map) {
        var removed =
                map.removal(broken.key())
                        .map(
                                change ->
                                        "; it was removed"
                                                + (change.by().isEmpty()
                                                        ? ""
                                                        : " by " + change.by())
                                                + map.renamed(broken.key())
                                                        .map(
                                                                key ->
                                                                        ", and its value is under %s now"
                                                                                .formatted(key))
                                                        .orElse(""));
        return "The %s needs key %s, which ConfigMap %s/%s does not have%s"
                .formatted(
                        broken.who(),
                        broken.key(),
                        map.ref().namespace(),
                        map.ref().name(),
                        removed.orElse(""));
    }
}
