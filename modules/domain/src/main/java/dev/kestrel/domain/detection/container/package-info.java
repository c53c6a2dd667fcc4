/** Containers that do not run as they should. One file per detector. */
@NullMarked
package dev.kestrel.domain.detection.container;

import org.jspecify.annotations.NullMarked;
