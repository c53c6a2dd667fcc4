package dev.kestrel.domain.detection;

import java.util.List;

/** Every detector, in documentation order. */
public final class Detectors {
    public static final List<Detector> ALL = List.of();

    private Detectors() {}
}
