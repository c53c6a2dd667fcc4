/**
 * On which threads the clusters of a node reason, and in which order. A <em>lane</em> is one
 * cluster's line of work; a <em>turn</em> is how much of it is done before the next cluster comes.
 */
@NullMarked
package dev.kestrel.engine.pool;

import org.jspecify.annotations.NullMarked;
