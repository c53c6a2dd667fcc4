package dev.kestrel.testkit.incident;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.testkit.signal.InMemoryOwners;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Incidents in a map per tenant. A cursor is the id of the last document of the page before. */
public final class InMemoryIncidentArchive implements IncidentArchive {
    private static final Comparator<Document> ORDER =
            Comparator.comparing(Document::openedAt).reversed().thenComparing(Document::id);

    private final InMemoryOwners owners;
    private final Map<String, Map<String, Document>> documents = new TreeMap<>();

    public InMemoryIncidentArchive(InMemoryOwners owners) {
        this.owners = owners;
    }

    @Override
    public synchronized CompletionStage<Appended> save(
            Ownership ownership, List<Document> changed) {
        if (owners.isFenced(ownership)) {
            return CompletableFuture.completedStage(Appended.FENCED);
        }
        for (var document : changed) {
            if (!document.cluster().equals(ownership.cluster())) {
                return CompletableFuture.failedStage(
                        new IllegalArgumentException(
                                "the owner of %s may not save an incident of %s"
                                        .formatted(ownership.cluster(), document.cluster())));
            }
            of(ownership.cluster().tenant())
                    .merge(
                            document.id(),
                            document,
                            (kept, next) -> next.revision() > kept.revision() ? next : kept);
        }
        return CompletableFuture.completedStage(Appended.DURABLE);
    }

    @Override
    public synchronized CompletionStage<Page> list(String tenant, Filter filter) {
        var matching =
                of(tenant).values().stream()
                        .filter(document -> matches(filter, document))
                        .sorted(ORDER)
                        .toList();
        var from = matching.stream().map(Document::id).toList().indexOf(filter.cursor()) + 1;
        var rest = matching.subList(from, matching.size());
        var page = rest.stream().limit(filter.limit()).toList();
        var next = rest.size() > page.size() ? page.getLast().id() : "";
        return CompletableFuture.completedStage(
                new Page(page.stream().map(InMemoryIncidentArchive::withoutJson).toList(), next));
    }

    private static boolean matches(Filter filter, Document document) {
        return isAmong(filter.statuses(), document.status())
                && isAmong(filter.severities(), document.severity())
                && isAmong(filter.clusters(), document.cluster().cluster())
                && String.join("\n", document.title(), document.cause(), document.causeAt())
                        .toLowerCase(Locale.ROOT)
                        .contains(filter.text().toLowerCase(Locale.ROOT));
    }

    private static boolean isAmong(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static Document withoutJson(Document it) {
        return new Document(
                it.id(),
                it.cluster(),
                it.revision(),
                it.status(),
                it.severity(),
                it.title(),
                it.verdict(),
                it.cause(),
                it.causeAt(),
                it.confidence(),
                it.openedAt(),
                it.changedAt(),
                it.resolvedAt(),
                "");
    }

    @Override
    public synchronized CompletionStage<Optional<Document>> find(String tenant, String id) {
        return CompletableFuture.completedStage(Optional.ofNullable(of(tenant).get(id)));
    }

    private Map<String, Document> of(String tenant) {
        return documents.computeIfAbsent(tenant, _ -> new TreeMap<>());
    }
}
