/** The incident archive in memory, and what every archive must do. */
@NullMarked
package dev.kestrel.testkit.incident;

import org.jspecify.annotations.NullMarked;
