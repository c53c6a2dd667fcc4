package dev.kestrel.testkit.incident;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.incident.IncidentArchive.Filter;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What every incident archive must do. */
public abstract class IncidentArchiveContract {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final Filter ANY = filter("", 100, "");

    /** The adapter under test. */
    protected abstract IncidentArchive archive();

    /** The owners that the archive fences by. */
    protected abstract Owners owners();

    /** A cluster that exists, alone in a tenant that no other test uses. */
    protected abstract ClusterRef newCluster();

    @Test
    void whatWasSavedIsFoundWhole() {
        var mine = claim(newCluster());
        var saved = document(mine, "i-1", 1, "web is out of memory", 0);

        assertThat(await(archive().save(mine, List.of(saved)))).isEqualTo(Appended.DURABLE);

        assertThat(await(archive().find(mine.cluster().tenant(), "i-1"))).contains(saved);
        assertThat(await(archive().find(mine.cluster().tenant(), "i-2"))).isEmpty();
    }

    @Test
    void onlyANewerRevisionReplaces() {
        var mine = claim(newCluster());
        await(archive().save(mine, List.of(document(mine, "i-1", 2, "second", 0))));

        await(archive().save(mine, List.of(document(mine, "i-1", 1, "first", 0))));
        await(archive().save(mine, List.of(document(mine, "i-1", 2, "second again", 0))));
        assertThat(title(mine, "i-1")).isEqualTo("second");

        await(archive().save(mine, List.of(document(mine, "i-1", 3, "third", 0))));
        assertThat(title(mine, "i-1")).isEqualTo("third");
    }

    @Test
    void ofSeveralRevisionsSavedTogetherTheNewestStays() {
        var mine = claim(newCluster());

        await(
                archive()
                        .save(
                                mine,
                                List.of(
                                        document(mine, "i-1", 1, "first", 0),
                                        document(mine, "i-1", 3, "third", 0),
                                        document(mine, "i-1", 2, "second", 0))));

        assertThat(title(mine, "i-1")).isEqualTo("third");
    }

    @Test
    void anOwnerThatWasOvertakenIsFenced() {
        var mine = claim(newCluster());
        claim(mine.cluster());

        assertThat(await(archive().save(mine, List.of(document(mine, "i-1", 1, "late", 0)))))
                .isEqualTo(Appended.FENCED);
        assertThat(await(archive().find(mine.cluster().tenant(), "i-1"))).isEmpty();
    }

    @Test
    void anOwnerSavesNoIncidentOfAnotherCluster() {
        var mine = claim(newCluster());
        var theirs = claim(newCluster());

        assertThatThrownBy(
                        () ->
                                await(
                                        archive()
                                                .save(
                                                        mine,
                                                        List.of(
                                                                document(
                                                                        theirs, "i-1", 1, "x",
                                                                        0)))))
                .hasMessageContaining(theirs.cluster().toString());
    }

    @Test
    void anotherTenantsIncidentIsNeitherFoundNorListed() {
        var mine = claim(newCluster());
        var theirs = claim(newCluster());
        await(archive().save(theirs, List.of(document(theirs, "i-1", 1, "theirs", 0))));

        assertThat(await(archive().find(mine.cluster().tenant(), "i-1"))).isEmpty();
        assertThat(await(archive().list(mine.cluster().tenant(), ANY)).documents()).isEmpty();
        var byTheirCluster =
                new Filter(List.of(), List.of(), List.of(theirs.cluster().cluster()), "", "", 100);
        assertThat(await(archive().list(mine.cluster().tenant(), byTheirCluster)).documents())
                .isEmpty();
    }

    @Test
    void listsAreNewestFirstThenById() {
        var mine = claim(newCluster());
        await(
                archive()
                        .save(
                                mine,
                                List.of(
                                        document(mine, "b", 1, "x", 0),
                                        document(mine, "a", 1, "x", 0),
                                        document(mine, "c", 1, "x", 1))));

        assertThat(ids(mine, ANY)).containsExactly("c", "a", "b");
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndEnd() {
        var mine = claim(newCluster());
        var all = List.of("a", "b", "c", "d", "e");
        all.forEach(id -> await(archive().save(mine, List.of(document(mine, id, 1, "x", 0)))));
        var tenant = mine.cluster().tenant();

        var first = await(archive().list(tenant, filter("", 2, "")));
        var second = await(archive().list(tenant, filter("", 2, first.next())));
        var third = await(archive().list(tenant, filter("", 2, second.next())));

        assertThat(first.documents()).extracting(Document::id).containsExactly("a", "b");
        assertThat(second.documents()).extracting(Document::id).containsExactly("c", "d");
        assertThat(third.documents()).extracting(Document::id).containsExactly("e");
        assertThat(third.next()).isEmpty();
    }

    @Test
    void textIsLookedForLiterallyAndWithoutCase() {
        var mine = claim(newCluster());
        await(
                archive()
                        .save(
                                mine,
                                List.of(
                                        document(mine, "a", 1, "Web is 100% full", 0),
                                        document(mine, "b", 1, "web is 1000 full", 0))));

        assertThat(ids(mine, filter("WEB", 10, ""))).containsExactly("a", "b");
        assertThat(ids(mine, filter("100% f", 10, ""))).containsExactly("a");
        assertThat(ids(mine, filter("image_not", 10, ""))).isEmpty();
        assertThat(ids(mine, filter("oom", 10, ""))).containsExactly("a", "b");
        assertThat(ids(mine, filter("deployment/shop", 10, ""))).containsExactly("a", "b");
    }

    @Test
    void filtersNarrowTogether() {
        var mine = claim(newCluster());
        await(archive().save(mine, List.of(document(mine, "a", 1, "x", 0))));
        var cluster = mine.cluster().cluster();

        assertThat(ids(mine, filter(List.of("OPEN", "RESOLVED"), List.of("HIGH"), cluster)))
                .containsExactly("a");
        assertThat(ids(mine, filter(List.of("RESOLVED"), List.of("HIGH"), cluster))).isEmpty();
        assertThat(ids(mine, filter(List.of("OPEN"), List.of("LOW"), cluster))).isEmpty();
        assertThat(ids(mine, filter(List.of("OPEN"), List.of(), "elsewhere"))).isEmpty();
    }

    private Ownership claim(ClusterRef cluster) {
        return await(owners().claim(cluster, "a", NOW, Duration.ofSeconds(10)));
    }

    private String title(Ownership mine, String id) {
        return await(archive().find(mine.cluster().tenant(), id)).orElseThrow().title();
    }

    private List<String> ids(Ownership mine, Filter filter) {
        return await(archive().list(mine.cluster().tenant(), filter)).documents().stream()
                .map(Document::id)
                .toList();
    }

    private static Filter filter(String text, int limit, String cursor) {
        return new Filter(List.of(), List.of(), List.of(), text, cursor, limit);
    }

    private static Filter filter(List<String> statuses, List<String> severities, String cluster) {
        return new Filter(statuses, severities, List.of(cluster), "", "", 100);
    }

    private static Document document(
            Ownership owner, String id, long revision, String title, int secondsLater) {
        return new Document(
                id,
                owner.cluster(),
                revision,
                "OPEN",
                "HIGH",
                title,
                "ROOT_CAUSE",
                "container.oom",
                "Deployment/shop/web",
                0.9,
                NOW.plusSeconds(secondsLater),
                NOW.plusSeconds(revision),
                Instant.EPOCH,
                "{\"id\": \"" + id + "\"}");
    }
}
