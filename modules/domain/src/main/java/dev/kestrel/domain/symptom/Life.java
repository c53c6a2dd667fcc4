package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom.State;
import dev.kestrel.domain.symptom.SymptomBook.Saved;
import dev.kestrel.domain.symptom.SymptomBook.Sighting;
import dev.kestrel.domain.symptom.SymptomChange.Reason;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where one symptom is in its life, with everything that decides how it goes on. */
final class Life {
    /** No timer. */
    static final Instant NEVER = Instant.MAX;

    final SymptomKey key;
    Sample.Kind kind;
    Stage stage;
    State state = State.CLEARED;
    Instant onsetEarliest;
    Instant onsetLatest;
    Instant lastSeen;
    Instant ambientDue = NEVER;
    Instant due = NEVER;
    int hits;
    int instances;
    boolean seeding;
    Flapping flapping = Flapping.CALM;
    List<Evidence> evidence = List.of();
    final TreeMap<ResourceRef, Sighting> bad = new TreeMap<>();

    /** Instances that showed it until a moment ago: once they are gone it need not wait. */
    final NavigableSet<ResourceRef> recovered = new TreeSet<>();

    Life(SymptomKey key, Sample.Kind kind, Instant at) {
        this.key = key;
        this.kind = kind;
        stage = Stage.NONE;
        onsetEarliest = at;
        onsetLatest = at;
        lastSeen = at;
    }

    /** Begins anew; only how restless it was is kept from an earlier life. */
    void begin(Sample sample, Instant lastGood) {
        kind = sample.kind();
        stage = sample.stage();
        onsetEarliest = lastGood;
        onsetLatest = sample.at();
        hits = 0;
        seeding = false;
        evidence = List.of();
        bad.clear();
        recovered.clear();
        ambientDue = NEVER;
        flapping = flapping.push(true);
    }

    /** Takes in a raising sample; returns whether it says anything new. */
    boolean sight(Sample sample, int instanceLimit, int all) {
        var known = bad.get(sample.instance());
        if (known != null
                && sample.kind() == Sample.Kind.EDGE
                && !sample.at().isAfter(known.at())) {
            return false;
        }
        recovered.remove(sample.instance());
        beginLater(sample.at());
        hits++;
        instances = all;
        lastSeen = sample.at().isAfter(lastSeen) ? sample.at() : lastSeen;
        evidence = Shelf.add(evidence, sample.evidence());
        if (known != null || bad.size() < instanceLimit) {
            bad.put(
                    sample.instance(),
                    new Sighting(sample.instance(), sample.at(), sample.template()));
        }
        return true;
    }

    /** What was seen once, long before the others, is not where the series of an edge began. */
    private void beginLater(Instant at) {
        var gap = SymptomDefaults.of(key.type()).ttl().dividedBy(4);
        if (isEdge() && state == State.PENDING && at.isAfter(lastSeen.plus(gap))) {
            onsetEarliest = lastSeen;
            onsetLatest = at;
        }
    }

    SymptomChange become(State next, Reason reason, Instant at) {
        state = next;
        return new SymptomChange(symptom(), reason, at);
    }

    Symptom symptom() {
        return new Symptom(
                key,
                state,
                stage,
                onsetEarliest,
                onsetLatest,
                lastSeen,
                bad.size(),
                Math.max(instances, Math.max(1, bad.size())),
                evidence);
    }

    Saved save() {
        return new Saved(
                symptom(),
                kind,
                due,
                ambientDue,
                hits,
                instances,
                seeding,
                flapping.bits(),
                List.copyOf(bad.values()),
                List.copyOf(recovered));
    }

    static Life restore(Saved saved) {
        var symptom = saved.symptom();
        var life = new Life(symptom.key(), saved.kind(), symptom.onsetLatest());
        life.stage = symptom.stage();
        life.state = symptom.state();
        life.onsetEarliest = symptom.onsetEarliest();
        life.lastSeen = symptom.lastSeen();
        life.instances = saved.instances();
        life.evidence = symptom.evidence();
        life.ambientDue = saved.ambientDue();
        life.hits = saved.hits();
        life.seeding = saved.seeding();
        life.flapping = new Flapping(saved.restlessness());
        saved.bad().forEach(sighting -> life.bad.put(sighting.instance(), sighting));
        life.recovered.addAll(saved.recovered());
        return life;
    }

    boolean isOver() {
        return state == State.CLEARED || state == State.VOID;
    }

    boolean isEdge() {
        return kind == Sample.Kind.EDGE;
    }
}
