package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.Quantity;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts what pods ask for against the quotas of their namespace. */
public final class Quotas {
    private Quotas() {}

    /** Refuses a pod that would go over a quota, as the admission plugin words it. */
    static void admit(ObjectStore store, KubeObject pod) {
        for (var quota : store.list(ResourceTypes.QUOTA)) {
            if (quota.namespace().equals(pod.namespace())) {
                admit(store, quota, pod);
            }
        }
    }

    private static void admit(ObjectStore store, KubeObject quota, KubeObject pod) {
        var requested = new ArrayList<String>();
        var used = new ArrayList<String>();
        var limited = new ArrayList<String>();
        for (var hard : quota.at("spec", "hard").properties()) {
            var name = hard.getKey();
            long more = asked(pod, name);
            long already = used(store, quota, name);
            if (more > 0 && already + more > Quantity.milli(hard.getValue().asText())) {
                requested.add(name + "=" + shown(name, more));
                used.add(name + "=" + shown(name, already));
                limited.add(name + "=" + hard.getValue().asText());
            }
        }
        if (!requested.isEmpty()) {
            var why =
                    "exceeded quota: %s, requested: %s, used: %s, limited: %s"
                            .formatted(quota.name(), list(requested), list(used), list(limited));
            throw Refusal.forbidden(pod.type(), pod.name(), why);
        }
    }

    /** How much of one quota'd resource the namespace uses, in thousandths. */
    public static long used(ObjectStore store, KubeObject quota, String name) {
        return store.list(ResourceTypes.POD).stream()
                .filter(pod -> pod.namespace().equals(quota.namespace()))
                .filter(
                        pod ->
                                !List.of("Succeeded", "Failed")
                                        .contains(pod.text("status", "phase")))
                .mapToLong(pod -> asked(pod, name))
                .sum();
    }

    /** An amount as a quota's status shows it. */
    public static String shown(String name, long milli) {
        if (name.endsWith("memory")) {
            long bytes = milli / 1000;
            return bytes % (1L << 20) == 0 ? (bytes >> 20) + "Mi" : Long.toString(bytes);
        }
        return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
    }

    private static long asked(KubeObject pod, String name) {
        if (name.equals("pods") || name.equals("count/pods")) {
            return 1000;
        }
        var kind = name.startsWith("limits.") ? "limits" : "requests";
        var resource = name.replaceFirst("^(limits|requests)\\.", "");
        if (!Map.of("cpu", 1, "memory", 1).containsKey(resource)) {
            return 0;
        }
        long sum = 0;
        for (JsonNode container : pod.at("spec", "containers")) {
            sum += Quantity.milli(container.path("resources").path(kind).path(resource).asText(""));
        }
        return sum;
    }

    private static String list(List<String> parts) {
        return String.join(",", parts);
    }
}
