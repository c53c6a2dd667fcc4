/** Incidents in PostgreSQL. */
@NullMarked
package dev.kestrel.store.incident;

import org.jspecify.annotations.NullMarked;
