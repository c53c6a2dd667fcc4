package dev.kestrel.domain.detection.container;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.EventView;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;

/**
 * The kubelet's event says why an image was refused, also where the container's status only speaks
 * of backing off. It counts as the level, which the pod itself ends.
 */
public final class ImagePullEvent {
    public static final Detector DETECTOR =
            new MomentDetector(
                    "image-pull-event",
                    PullRefusal.TYPES,
                    (signal, topology) ->
                            EventView.onPod(signal, topology)
                                    .filter(ImagePullEvent::isRefusal)
                                    .map(ImagePullEvent::refused)
                                    .orElse(List.of()));

    private ImagePullEvent() {}

    private static boolean isRefusal(EventView event) {
        return event.reason().equals("Failed")
                && event.message().startsWith("Failed to pull image");
    }

    private static List<Sample> refused(EventView event) {
        return PullRefusal.of(event.message()).stream()
                .map(
                        type ->
                                event.pod()
                                        .bad(
                                                type,
                                                Stage.IMAGE,
                                                List.of(event.proof(type, "Image pull failed"))))
                .toList();
    }
}
