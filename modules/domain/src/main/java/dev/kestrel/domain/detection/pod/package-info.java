/** Pods that are not where they should be. One file per detector. */
@NullMarked
package dev.kestrel.domain.detection.pod;

import org.jspecify.annotations.NullMarked;
