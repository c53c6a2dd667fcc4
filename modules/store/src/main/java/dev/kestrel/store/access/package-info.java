/** Tenants' users, clusters and audit log in PostgreSQL. */
@NullMarked
package dev.kestrel.store.access;

import org.jspecify.annotations.NullMarked;
