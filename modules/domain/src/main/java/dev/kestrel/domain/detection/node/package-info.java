/** Nodes that are not well. One file per detector. */
@NullMarked
package dev.kestrel.domain.detection.node;

import org.jspecify.annotations.NullMarked;
