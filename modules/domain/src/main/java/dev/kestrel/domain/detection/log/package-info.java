/** What workloads say about their own failures. One file per detector. */
@NullMarked
package dev.kestrel.domain.detection.log;

import org.jspecify.annotations.NullMarked;
