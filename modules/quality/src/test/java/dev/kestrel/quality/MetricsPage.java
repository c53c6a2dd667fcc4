package dev.kestrel.quality;

import dev.kestrel.api.ApiMetrics;
import dev.kestrel.api.http.Operation;
import dev.kestrel.engine.EngineMetrics;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.store.StoreMetrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The page of what is counted and timed. */
final class MetricsPage {
    private MetricsPage() {}

    static Page page() {
        var rows = new ArrayList<List<String>>();
        Map<String, Consumer<MeterRegistry>> registries = new TreeMap<>();
        registries.put("engine", MetricsPage::everythingOfTheEngine);
        registries.put("gateway", GatewayMetrics::new);
        registries.put("store", StoreMetrics::new);
        registries.put("api", MetricsPage::everythingOfTheApi);
        registries.forEach((module, fill) -> rows.addAll(rows(module, fill)));
        return Page.table(
                "metrics.md",
                "Metrics",
                "What `/metrics` tells. In the Prometheus form, counters end in `_total` and timers"
                        + " have `_seconds_count`, `_seconds_sum` and `_seconds_max`.",
                List.of("metric", "kind", "labels", "what", "of"),
                rows);
    }

    private static List<List<String>> rows(String module, Consumer<MeterRegistry> fill) {
        var registry = new SimpleMeterRegistry();
        fill.accept(registry);
        var byName =
                registry.getMeters().stream()
                        .collect(
                                Collectors.groupingBy(
                                        meter -> meter.getId().getName(),
                                        TreeMap::new,
                                        Collectors.toList()));
        return byName.entrySet().stream()
                .map(entry -> row(module, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<String> row(String module, String name, List<Meter> meters) {
        var id = meters.getFirst().getId();
        var description = id.getDescription();
        return List.of(
                Page.code(name),
                id.getType().name().toLowerCase(java.util.Locale.ROOT),
                labels(meters),
                description == null ? "" : description,
                module);
    }

    private static String labels(List<Meter> meters) {
        var values = new TreeMap<String, TreeSet<String>>();
        meters.stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .sorted(Comparator.comparing(Tag::getKey))
                .forEach(
                        tag ->
                                values.computeIfAbsent(tag.getKey(), ignored -> new TreeSet<>())
                                        .add(tag.getValue()));
        return values.entrySet().stream()
                .map(label -> Page.code(label.getKey()) + " (" + listed(label.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String listed(Set<String> values) {
        return values.size() > 1 ? String.join(", ", values) : "…";
    }

    /** Why a signal is refused is known to the wire only. */
    private static void everythingOfTheEngine(MeterRegistry registry) {
        new EngineMetrics(registry, () -> 0).signalRefused("too_large");
    }

    /** The API makes its meters when they are first used. */
    private static void everythingOfTheApi(MeterRegistry registry) {
        var metrics = new ApiMetrics(registry);
        metrics.answered(Operation.ME, 200, 1);
        metrics.signedIn("signed_in");
        metrics.wordGiven(Operation.APPROVE, "taken");
        metrics.feedFellBehind();
        metrics.limitHit("sign_in");
    }
}
