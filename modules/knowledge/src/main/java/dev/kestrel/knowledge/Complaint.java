package dev.kestrel.knowledge;

import dev.kestrel.knowledge.yaml.Place;

import java.util.Comparator;

/** Something wrong with a pack, where it stands, and what to do about it. */
public record Complaint(Place place, Weight weight, String message)
        implements Comparable<Complaint> {
    private static final Comparator<Complaint> ORDER =
            Comparator.comparing(Complaint::place)
                    .thenComparing(Complaint::weight)
                    .thenComparing(Complaint::message);

    /** Whether knowledge with this complaint may be used. */
    public enum Weight {
        ERROR,
        WARNING
    }

    public static Complaint error(Place place, String message) {
        return new Complaint(place, Weight.ERROR, message);
    }

    public static Complaint warning(Place place, String message) {
        return new Complaint(place, Weight.WARNING, message);
    }

    @Override
    public int compareTo(Complaint other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return switch (weight) {
            case ERROR -> place + ": " + message;
            case WARNING -> place + ": warning: " + message;
        };
    }
}
