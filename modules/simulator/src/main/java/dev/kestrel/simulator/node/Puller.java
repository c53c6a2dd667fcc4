package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Gets the image of one container onto its node, and backs off when it cannot. */
final class Puller {
    private final PodContext pod;
    private final Backoff backoff;
    private String image;
    private String policy;
    private String container;
    private @Nullable Instant pulling;
    private @Nullable Instant failed;
    private String error = "";

    /** What came of an attempt. */
    sealed interface Step {
        /** The image is on the node. */
        record Present() implements Step {}

        /** It is not; look again at the given moment. */
        record Waiting(String reason, String message, Instant until) implements Step {}
    }

    Puller(PodContext pod, JsonNode spec) {
        this.pod = pod;
        this.backoff = new Backoff(pod.timings().backoff(), pod.timings().longestBackoff());
        this.image = spec.path("image").asText();
        this.policy = spec.path("imagePullPolicy").asText();
        this.container = spec.path("name").asText();
    }

    void update(JsonNode spec) {
        var wanted = spec.path("image").asText();
        if (!wanted.equals(image)) {
            image = wanted;
            pulling = null;
            failed = null;
            error = "";
        }
    }

    Step attempt(Instant now) {
        var began = pulling;
        if (began != null) {
            return finish(began, now);
        }
        if (!policy.equals("Always") && pod.images().isOn(pod.node(), image)) {
            pod.normal(
                    container,
                    "Pulled",
                    "Container image \"%s\" already present on machine and can be accessed by the pod"
                            .formatted(image));
            return new Step.Present();
        }
        var before = failed;
        if (before != null && backoff.isWaiting(before, now)) {
            return backOff(before, now);
        }
        pod.normal(container, "Pulling", "Pulling image \"%s\"".formatted(image));
        pulling = now;
        var exists = pod.images().find(image).isPresent();
        var length = exists ? pod.timings().pull() : pod.timings().refusal();
        return new Step.Waiting("ContainerCreating", "", now.plus(length));
    }

    private Step finish(Instant began, Instant now) {
        pulling = null;
        var found = pod.images().find(image);
        if (found.isPresent()) {
            var took = GoDuration.text(java.time.Duration.between(began, now));
            pod.images().pulled(pod.node(), image);
            pod.normal(
                    container,
                    "Pulled",
                    "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
                            .formatted(image, took, took, found.get().bytes()));
            return new Step.Present();
        }
        error = ImageStore.notFound(image);
        backoff.next(failed == null ? now : failed, now);
        failed = now;
        pod.warning(container, "Failed", "Failed to pull image \"%s\": %s".formatted(image, error));
        pod.warning(container, "Failed", "Error: ErrImagePull");
        return new Step.Waiting("ErrImagePull", error, now.plus(pod.timings().sandbox()));
    }

    private Step backOff(Instant before, Instant now) {
        var message = "Back-off pulling image \"%s\"".formatted(image);
        pod.normal(container, "BackOff", message);
        pod.warning(container, "Failed", "Error: ImagePullBackOff");
        var expiry = before.plus(backoff.current());
        var resync = now.plus(pod.timings().backoff());
        return new Step.Waiting(
                "ImagePullBackOff",
                message + ": ErrImagePull: " + error,
                expiry.isBefore(resync) ? expiry : resync);
    }
}
