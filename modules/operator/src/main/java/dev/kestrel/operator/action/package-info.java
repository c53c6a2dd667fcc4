/**
 * Changes to the cluster, each approved by a person before it arrives here and checked again here:
 * permitted by this operator's own configuration, still what was approved, not drifted, accepted by
 * a dry run, and taking nothing from managers that would take it back.
 */
@NullMarked
package dev.kestrel.operator.action;

import org.jspecify.annotations.NullMarked;
