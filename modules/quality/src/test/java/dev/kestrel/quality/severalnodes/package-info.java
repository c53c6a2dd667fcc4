/**
 * Several real nodes on one PostgreSQL, in one process: each with its own clustered event bus, its
 * own ports and its own API.
 */
@NullMarked
package dev.kestrel.quality.severalnodes;

import org.jspecify.annotations.NullMarked;
