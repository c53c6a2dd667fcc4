package dev.kestrel.cli.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run of chaos came to. */
final class ChaosReport {
    private final long seed;
    private final Map<Fault, List<Long>> failovers = new EnumMap<>(Fault.class);
    private final Map<Fault, List<Long>> wholeFleet = new EnumMap<>(Fault.class);
    private final JsonArray faults = new JsonArray();

    ChaosReport(long seed) {
        this.seed = seed;
    }

    /**
     * A fault and how the fleet came through it.
     *
     * @param affected milliseconds from the fault to the first new acknowledgement, of each cluster
     *     that it concerned
     * @param all milliseconds until every cluster of the fleet had one
     */
    void add(Fault fault, String where, List<Long> affected, long all) {
        failovers.computeIfAbsent(fault, key -> new ArrayList<>()).addAll(affected);
        wholeFleet.computeIfAbsent(fault, key -> new ArrayList<>()).add(all);
        faults.add(
                new JsonObject()
                        .put("fault", fault.name())
                        .put("where", where)
                        .put("clusters", affected.size())
                        .put("whole_fleet_ms", all));
    }

    JsonObject json(JournalAudit.Findings findings, int stopped, int nodes, long shed) {
        var times = new JsonObject();
        failovers.forEach(
                (fault, all) ->
                        times.put(
                                fault.name().toLowerCase(Locale.ROOT),
                                times(all, wholeFleet.getOrDefault(fault, List.of()))));
        return new JsonObject()
                .put("seed", seed)
                .put("acknowledged", findings.acknowledged())
                .put("found", findings.found())
                .put("lost", findings.lost())
                .put("duplicated", findings.duplicated())
                .put("out_of_order", findings.outOfOrder())
                .put("wrong_writers", new JsonArray(findings.wrongWriters()))
                .put("claims", findings.claims())
                .put("signals_shed", shed)
                .put("stopped_in_order", stopped)
                .put("nodes", nodes)
                .put("until_acknowledged_again", times)
                .put("faults", faults);
    }

    private static JsonObject times(List<Long> clusters, List<Long> fleet) {
        return new JsonObject()
                .put("faults", fleet.size())
                .put("clusters", clusters.size())
                .put("p50_ms", at(clusters, 0.50))
                .put("p99_ms", at(clusters, 0.99))
                .put("max_ms", at(clusters, 1.0))
                .put("whole_fleet_max_ms", at(fleet, 1.0));
    }

    private static long at(List<Long> times, double share) {
        var sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }

    /** The same for people. */
    static String text(JsonObject result) {
        var text = new StringBuilder();
        text.append(
                "batches acknowledged %,d, found %,d, lost %d, duplicated %d, out of order %d%n"
                        .formatted(
                                result.getLong("acknowledged"),
                                result.getLong("found"),
                                result.getLong("lost"),
                                result.getLong("duplicated"),
                                result.getLong("out_of_order")));
        text.append(
                "writers under a foreign or older epoch: %d; claims %,d; signals shed %d%n"
                        .formatted(
                                result.getJsonArray("wrong_writers").size(),
                                result.getLong("claims"),
                                result.getLong("signals_shed")));
        text.append(
                "nodes that ended in good order when asked: %d of %d%n"
                        .formatted(
                                result.getInteger("stopped_in_order"), result.getInteger("nodes")));
        table(result, text);
        return text.append("seed ").append(result.getLong("seed")).toString();
    }

    private static void table(JsonObject result, StringBuilder text) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-24s %7s %9s %9s %9s %9s %14s%n",
                        "until acknowledged again",
                        "faults",
                        "clusters",
                        "p50 ms",
                        "p99 ms",
                        "max ms",
                        "whole fleet ms"));
        for (var fault : result.getJsonObject("until_acknowledged_again")) {
            var times = (JsonObject) fault.getValue();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s %7d %9d %9d %9d %9d %14d%n",
                            fault.getKey(),
                            times.getInteger("faults"),
                            times.getInteger("clusters"),
                            times.getLong("p50_ms"),
                            times.getLong("p99_ms"),
                            times.getLong("max_ms"),
                            times.getLong("whole_fleet_max_ms")));
        }
    }
}
