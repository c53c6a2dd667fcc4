package dev.kestrel.quality.realcluster;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Differences between the simulated and the real recording that are no mistake of the simulator,
 * each with why. Nothing else may differ.
 */
enum AcceptedDifference {
    LATER_BACK_OFF(
            "only simulated, after the change: .* CrashLoopBackOff: back-off (20s|40s) .*",
            "the real recording ends with the first back-off event, the simulated one a minute"
                    + " after the change"),
    LATER_PROGRESS(
            "only simulated, after the change: deployment (search|billing) condition"
                    + " Progressing=True ReplicaSetUpdated: .*",
            "the real recording ends with the scheduler's or the kubelet's event, which comes"
                    + " before the deployment controller's next look"),
    LOG_FROM_ITS_END(
            "only simulated, before the change: log frontend INFO listening on :8080",
            "the real log is followed from its last line on, once the workload is healthy"),
    IMAGE_ON_THE_NODE(
            "only real, before the change: .*coredns.* already present on machine .*",
            "the real node is given CoreDNS' image with its start; the simulated one pulls it"),
    IMAGE_PULLED(
            "only simulated, before the change: event Pod coredns-.*(Pulling|Successfully pulled)"
                    + " image .*",
            "as above");

    private final Pattern lines;
    private final String why;

    AcceptedDifference(String lines, String why) {
        this.lines = Pattern.compile(lines);
        this.why = why;
    }

    /** For the message of a test that finds a difference it does not accept. */
    static String reasons() {
        var text = new StringBuilder("accepted are only:");
        for (var each : values()) {
            text.append("%n  %s, because %s".formatted(each.lines, each.why));
        }
        return text.toString();
    }

    static boolean covers(String line) {
        return Arrays.stream(values()).anyMatch(each -> each.lines.matcher(line).matches());
    }
}
