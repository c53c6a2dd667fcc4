package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The registry answered, and said that the image or its tag is not there. A refused login or an
 * unreachable registry looks alike from afar; the words of the message tell them apart.
 */
public final class ImageMissing implements Analyzer {
    private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff");
    private static final Pattern NOT_THERE =
            Pattern.compile("not found|notfound|manifest unknown|no such manifest|name unknown");
    private static final Pattern OTHER =
            Pattern.compile(
                    "denied|unauthorized|forbidden|no such host|dial tcp|i/o timeout|deadline"
                            + " exceeded|connection refused|toomanyrequests|x509");

    @Override
    public String id() {
        return "image_tag_not_in_registry";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var workload = topology.find(subject);
        var pods = topology.instances(subject);
        if (workload.isEmpty() || pods.isEmpty()) {
            return Analysis.unclear(subject + " has no pods to look at");
        }
        var isPulling = false;
        for (var pod : pods) {
            for (var status : PodView.statuses(pod)) {
                if (PULLING.contains(PodView.waiting(status))) {
                    isPulling = true;
                    var words = status.at("state", "waiting", "message").text();
                    if (speaks(words)) {
                        return judge(workload.get(), pod, status, words, topology, now);
                    }
                }
            }
        }
        return isPulling ? fromSymptoms(subject, symptoms) : allPulled(subject);
    }

    private static Analysis allPulled(ResourceRef subject) {
        return Analysis.absent("Every image of %s was pulled".formatted(subject), List.of());
    }

    /**
     * The back-off message of some versions says nothing; the symptom remembers the first words.
     */
    private static Analysis fromSymptoms(ResourceRef subject, List<Symptom> symptoms) {
        return symptoms.stream()
                .filter(symptom -> symptom.key().about().equals(subject))
                .filter(symptom -> symptom.key().type().equals("image.manifest_not_found"))
                .findFirst()
                .map(
                        symptom ->
                                Analysis.present(
                                        "The registry said that the image is not there",
                                        List.of(),
                                        symptom.evidence()))
                .orElseGet(() -> Analysis.unclear("The pull fails without saying why"));
    }

    private static boolean speaks(String words) {
        var text = words.toLowerCase(Locale.ROOT);
        return NOT_THERE.matcher(text).find() || OTHER.matcher(text).find();
    }

    private Analysis judge(
            KubeObject workload,
            KubeObject pod,
            Fields status,
            String words,
            Topology topology,
            Instant now) {
        var text = words.toLowerCase(Locale.ROOT);
        if (OTHER.matcher(text).find() || !NOT_THERE.matcher(text).find()) {
            var summary = "The pull failed for another reason than a missing image";
            return Analysis.absent(
                    summary, List.of(PodView.evidence(this, pod.ref(), now, summary, words)));
        }
        var name = status.at("name").text();
        var image =
                PodView.container(pod.fields(), name)
                        .map(container -> container.at("image").text())
                        .orElse("");
        var before = before(workload, name, image, topology);
        var summary =
                "Image %s is not in the registry%s"
                        .formatted(
                                image,
                                before.map(earlier -> "; the revision before ran " + earlier)
                                        .orElse(""));
        return Analysis.present(
                summary,
                List.of(
                        new Analysis.Flip(
                                workload.ref(), PodView.path(workload.ref(), name, "image"))),
                List.of(PodView.evidence(this, pod.ref(), now, summary, words)));
    }

    private static Optional<String> before(
            KubeObject workload, String container, String image, Topology topology) {
        return topology.revisions(workload.ref()).stream()
                .flatMap(
                        revision ->
                                PodView.container(revision.at("spec", "template"), container)
                                        .stream())
                .map(earlier -> earlier.at("image").text())
                .filter(earlier -> !earlier.isEmpty() && !earlier.equals(image))
                .findFirst();
    }
}
