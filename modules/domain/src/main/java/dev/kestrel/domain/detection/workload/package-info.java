/** Workloads that do not do what was asked of them. One file per detector. */
@NullMarked
package dev.kestrel.domain.detection.workload;

import org.jspecify.annotations.NullMarked;
