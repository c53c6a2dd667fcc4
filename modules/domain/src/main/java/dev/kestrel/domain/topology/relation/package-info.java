/** Reads from objects which <em>edges</em> they bring. One file per kind of edge. */
@NullMarked
package dev.kestrel.domain.topology.relation;

import org.jspecify.annotations.NullMarked;
