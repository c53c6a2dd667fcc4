/**
 * Recognises the signatures of mechanisms in the inventory, at no cost: one <em>analyzer</em> per
 * file, each a pure function of the topology that says what would have to change.
 */
@NullMarked
package dev.kestrel.domain.rca.analysis;

import org.jspecify.annotations.NullMarked;
