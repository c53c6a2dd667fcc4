/**
 * Logs of containers that are in trouble: those that fail, restart or are not ready, and only
 * those; cut, limited and redacted before anything leaves.
 */
@NullMarked
package dev.kestrel.operator.source.log;

import org.jspecify.annotations.NullMarked;
