package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.EventView;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The kubelet cannot mount a volume because a ConfigMap or Secret, or a key of it, is not there.
 * The pod itself only says that its containers are being created.
 */
public final class ConfigNotMounted {
    private static final String TYPE = "volume.config_missing";

    private static final Pattern NOT_THERE =
            Pattern.compile(
                    "references non-existent (config|secret) key"
                            + "|(configmap|secret) \"[^\"]{1,300}\" not found");

    public static final Detector DETECTOR =
            new MomentDetector(
                    "config-not-mounted",
                    List.of(TYPE),
                    (signal, topology) ->
                            EventView.onPod(signal, topology)
                                    .filter(event -> event.reason().equals("FailedMount"))
                                    .filter(event -> NOT_THERE.matcher(event.message()).find())
                                    .map(ConfigNotMounted::failed)
                                    .orElse(List.of()));

    private ConfigNotMounted() {}

    private static List<Sample> failed(EventView event) {
        var summary = "A volume of pod " + event.pod().name() + " lacks its configuration";
        return List.of(
                event.pod()
                        .happened(
                                TYPE,
                                event.at(),
                                Stage.VOLUME,
                                List.of(event.proof(TYPE, summary))));
    }
}
