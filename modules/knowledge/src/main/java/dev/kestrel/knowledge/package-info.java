/**
 * Reads the <em>packs</em> of the knowledge, written in YAML with CEL conditions, and compiles them
 * to the causal model of the domain.
 */
@NullMarked
package dev.kestrel.knowledge;

import org.jspecify.annotations.NullMarked;
