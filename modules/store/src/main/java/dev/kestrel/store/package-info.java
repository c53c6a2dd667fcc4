/** Opens the store: a database, migrated, and one adapter for each port of the domain. */
@NullMarked
package dev.kestrel.store;

import org.jspecify.annotations.NullMarked;
