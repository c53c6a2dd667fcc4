/**
 * The shells around the domain: who owns a cluster, its journal, and how what the reasoning says
 * reaches the store, the bus and the operator. No decision about clusters is made here.
 */
@NullMarked
package dev.kestrel.engine;

import org.jspecify.annotations.NullMarked;
