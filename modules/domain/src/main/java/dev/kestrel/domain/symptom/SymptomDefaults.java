package dev.kestrel.domain.symptom;

import dev.kestrel.domain.symptom.Windows.Patience;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every window and limit of the symptom state machine, in one place. */
public final class SymptomDefaults {
    /** Not worth a second look for less; also what an unknown type gets. */
    private static final Windows OTHERS = Windows.level(30, 30);

    private static final Map<String, Windows> TYPES = types();

    /** How long a workload takes to start, as long as none was seen to. */
    static final Duration STARTUP = Duration.ofSeconds(90);

    /** Less patience than this would only measure the probes. */
    static final Duration STARTUP_FLOOR = Duration.ofSeconds(30);

    /** Kubernetes' own default of {@code progressDeadlineSeconds}. */
    static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    /** Older than this it was there before, and explains nothing that begins now. */
    static final Duration AMBIENT_AGE = Duration.ofHours(2);

    /** How long something of unknown age is watched on first sight before it counts as ambient. */
    static final Duration SEEDING = Duration.ofMinutes(10);

    /** A symptom that is over is remembered this long, to notice that it comes and goes. */
    static final Duration MEMORY = Duration.ofMinutes(30);

    /** Once all instances that showed it are gone, there is nothing to wait for. */
    static final Duration AFTER_GONE = Duration.ofSeconds(30);

    private SymptomDefaults() {}

    /**
     * What a book keeps at most.
     *
     * @param symptoms living or lately over; further ones are refused and counted
     * @param instances per symptom
     * @param known good keys, templates and workloads whose past is remembered, each
     */
    public record Limits(int symptoms, int instances, int known) {}

    static final Limits LIMITS = new Limits(20_000, 1_000, 50_000);

    public static Windows of(String type) {
        return TYPES.getOrDefault(type, OTHERS);
    }

    /** Types of edges that are void without this level. */
    static List<String> contradictedBy(String level) {
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue().contradictedBy().equals(level))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Windows> types() {
        var types = new TreeMap<String, Windows>();
        containers(types);
        pods(types);
        sandboxes(types);
        logs(types);
        flows(types);
        types.put("rollout.stuck", Windows.level(5, 30));
        types.put("workload.scaled_to_zero", Windows.level(15, 5));
        types.put("service.selects_nothing", Windows.level(30, 15));
        types.put("service.no_endpoints", Windows.level(15, 15).with(Patience.STARTING));
        types.put("job.failed", Windows.level(5, 5));
        // Shorter than the kubelet's own grace, and longer than a restart of it.
        types.put("node.not_ready", Windows.level(30, 60));
        types.put("node.memory_pressure", Windows.level(30, 60));
        types.put("node.system_oom", Windows.edge(1, 0, 300));
        // The failed pod stays; half the time in which a node forgets that it was short.
        types.put("pod.evicted_for_memory", Windows.edge(1, 0, 300));
        types.put("node.network_not_ready", Windows.level(30, 60));
        return types;
    }

    private static void containers(Map<String, Windows> types) {
        // The back-off between kills grows to 5 minutes: a window must outlast it.
        types.put("container.oom_killed", Windows.edge(1, 0, 900).with(Patience.RESTARTING));
        types.put("container.exited_with_error", Windows.edge(2, 0, 900).with(Patience.RESTARTING));
        types.put("container.crash_looping", Windows.level(20, 360).with(Patience.RESTARTING));
        types.put("container.config_error", Windows.level(15, 30));
        for (var image :
                List.of(
                        "pull_failed",
                        "manifest_not_found",
                        "pull_denied",
                        "registry_unreachable")) {
            types.put("image." + image, Windows.level(15, 30));
        }
    }

    private static void pods(Map<String, Windows> types) {
        types.put("pod.not_ready.some", Windows.level(30, 30).with(Patience.STARTING));
        types.put("pod.not_ready.all", Windows.level(15, 30).with(Patience.STARTING));
        types.put(
                "probe.readiness_failed",
                Windows.edge(1, 15, 600)
                        .with(Patience.STARTING)
                        .contradictedBy("pod.not_ready.some"));
        types.put(
                "volume.config_missing",
                Windows.edge(1, 15, 300).contradictedBy("pod.not_ready.some"));
        types.put("probe.liveness_failed", Windows.edge(2, 10, 600).with(Patience.RESTARTING));
    }

    /** An agent that restarts is back before most plugins give up waiting for it. */
    private static void sandboxes(Map<String, Windows> types) {
        types.put("network.agent_not_ready", Windows.level(30, 30).with(Patience.STARTING));
        types.put("pod.sandbox_failed", Windows.level(15, 30));
        for (var reason : List.of("network_down", "no_address", "no_runtime")) {
            types.put("pod.sandbox_" + reason, Windows.level(15, 30));
        }
    }

    private static void logs(Map<String, Windows> types) {
        // One failed request may log three lines at once; a failing dependency goes on.
        for (var log :
                List.of(
                        "dns_failure",
                        "call_timeout",
                        "connection_refused",
                        "connection_reset",
                        "call_failed")) {
            types.put("log." + log, Windows.edge(3, 10, 120));
        }
    }

    private static void flows(Map<String, Windows> types) {
        // Flows are told in sums of five seconds. A refused packet is sent again at once; who wants
        // to call goes on, and who does not is heard of no more.
        for (var flow : List.of("ingress_denied", "egress_denied", "dns_denied", "call_denied")) {
            types.put("flow." + flow, Windows.edge(2, 5, 60));
        }
    }
}
