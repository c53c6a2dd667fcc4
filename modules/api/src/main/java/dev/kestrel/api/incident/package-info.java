/** Incidents for people to read, and what people say about them. */
@NullMarked
package dev.kestrel.api.incident;

import org.jspecify.annotations.NullMarked;
