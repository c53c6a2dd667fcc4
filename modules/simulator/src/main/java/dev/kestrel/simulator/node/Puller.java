package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gets the image of one container onto its node, and backs off when it cannot. */
final class Puller {
    /** How long a runtime waits for a registry that does not answer. */
    private static final Duration UNANSWERED = Duration.ofSeconds(10);

    /** What comes in the usual time; more takes as many times longer. */
    private static final long BYTES_AT_ONCE = 100_000_000;

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
        return new Step.Waiting("ContainerCreating", "", now.plus(length()));
    }

    private Duration length() {
        return switch (pod.images().answer(image)) {
            case NORMAL -> available().map(this::length).orElse(pod.timings().refusal());
            case DENIED -> pod.timings().refusal();
            case SILENT -> UNANSWERED;
        };
    }

    /** A large image takes longer. */
    private Duration length(Image found) {
        long times = Math.max(1, found.bytes() / BYTES_AT_ONCE);
        return pod.timings().pull().multipliedBy(times);
    }

    private Optional<Image> available() {
        return pod.images().answer(image) == ImageStore.Answer.NORMAL
                ? pod.images().find(image)
                : Optional.empty();
    }

    private Step finish(Instant began, Instant now) {
        pulling = null;
        var found = available();
        if (found.isPresent()) {
            var took = GoDuration.text(Duration.between(began, now));
            pod.images().pulled(pod.node(), image);
            pod.normal(
                    container,
                    "Pulled",
                    "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
                            .formatted(image, took, took, found.get().bytes()));
            return new Step.Present();
        }
        error = pod.images().error(image);
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
