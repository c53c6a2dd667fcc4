/**
 * Read-only questions about the cluster: which tools there are, what may be said to them, and what
 * they answer. Nothing here can change anything.
 */
@NullMarked
package dev.kestrel.operator.investigation;

import org.jspecify.annotations.NullMarked;
