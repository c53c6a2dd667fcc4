/** Journal and owners in PostgreSQL. */
@NullMarked
package dev.kestrel.store.signal;

import org.jspecify.annotations.NullMarked;
