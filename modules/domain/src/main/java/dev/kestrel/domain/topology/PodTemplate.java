package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod is made from: its own specification, or the template of a workload.
 *
 * @param labels labels the pods have, at least
 * @param spec the pod's {@code spec}
 */
public record PodTemplate(Map<String, String> labels, Fields spec) {
    private static final Set<String> TEMPLATED =
            Set.of(
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "ReplicaSet",
                    "ReplicationController",
                    "Job");

    /** The template in an object; empty for a kind that makes no pods. */
    public static Optional<PodTemplate> of(KubeObject object) {
        var kind = object.ref().kind();
        if (kind.equals("Pod")) {
            return Optional.of(
                    new PodTemplate(object.at("metadata", "labels").texts(), object.at("spec")));
        }
        if (kind.equals("CronJob")) {
            return Optional.of(from(object.at("spec", "jobTemplate", "spec", "template")));
        }
        return TEMPLATED.contains(kind)
                ? Optional.of(from(object.at("spec", "template")))
                : Optional.empty();
    }

    private static PodTemplate from(Fields template) {
        return new PodTemplate(template.at("metadata", "labels").texts(), template.at("spec"));
    }

    /** Containers of every sort, in the order they start. */
    public List<Fields> containers() {
        var all = new ArrayList<>(spec.at("initContainers").items());
        all.addAll(spec.at("containers").items());
        return all;
    }
}
