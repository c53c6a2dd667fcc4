package dev.kestrel.domain.detection.container;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.detection.PodView.Container;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An image cannot be pulled, and why, as far as the registry's answer tells. */
public final class ImagePull {
    static final String TYPE = "image.pull_failed";
    private static final Set<String> REASONS =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

    public static final Detector DETECTOR = new PodDetector("image-pull", types(), ImagePull::look);

    private ImagePull() {}

    private static List<String> types() {
        var types = new ArrayList<>(List.of(TYPE));
        types.addAll(PullRefusal.TYPES);
        return types;
    }

    private static List<Sample> look(PodView pod) {
        var failing =
                pod.containers().stream()
                        .filter(container -> REASONS.contains(container.waiting()))
                        .toList();
        if (!failing.isEmpty()) {
            return failing.stream().flatMap(each -> failed(pod, each).stream()).toList();
        }
        // While the kubelet tries again, or before it began, nothing is known.
        var known = pod.containers().stream().anyMatch(ImagePull::isBeyond);
        return known ? types().stream().map(pod::good).toList() : List.of();
    }

    private static boolean isBeyond(Container container) {
        return switch (container.waiting()) {
            case "ContainerCreating", "PodInitializing" -> false;
            case "" -> container.hasImage();
            default -> true;
        };
    }

    private static List<Sample> failed(PodView pod, Container container) {
        var samples = new ArrayList<Sample>();
        var message = container.status().at("state", "waiting", "message").text();
        samples.add(sample(pod, container, TYPE, message));
        // Between two tries the message may only speak of backing off: then the reason stays.
        PullRefusal.of(message)
                .ifPresent(
                        type -> {
                            samples.add(sample(pod, container, type, message));
                            PullRefusal.TYPES.stream()
                                    .filter(other -> !other.equals(type))
                                    .map(pod::good)
                                    .forEach(samples::add);
                        });
        return samples;
    }

    private static Sample sample(PodView pod, Container container, String type, String message) {
        var evidence =
                pod.proof(
                        type,
                        pod.at(),
                        "Image %s of container %s cannot be pulled"
                                .formatted(
                                        container.status().at("image").text("?"), container.name()),
                        container.waiting() + ": " + message);
        return pod.bad(type, Stage.IMAGE, List.of(evidence));
    }
}
