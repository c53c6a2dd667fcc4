/**
 * What people work on: which symptoms belong together in one <em>incident</em>, and how it opens,
 * changes, merges and closes.
 */
@NullMarked
package dev.kestrel.domain.incident;

import org.jspecify.annotations.NullMarked;
