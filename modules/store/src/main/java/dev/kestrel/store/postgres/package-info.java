/**
 * The database itself: starting an embedded one, migrating it, and transactions bound to a tenant.
 */
@NullMarked
package dev.kestrel.store.postgres;

import org.jspecify.annotations.NullMarked;
