package dev.kestrel.domain.detection;

import java.util.List;

/** Says of what was seen whether an abnormal state is there or not. Pure, and data. */
public sealed interface Detector permits PodDetector, ResourceDetector, MomentDetector {
    /** Kebab-case, never renamed. */
    String id();

    /** Types of the symptoms it can raise. */
    List<String> raises();
}
